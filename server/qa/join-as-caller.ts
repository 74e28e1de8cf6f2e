import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  type RemoteTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { AgentEar } from '#src/server/qa/agent-ear.ts';
import { Microphone } from '#src/server/qa/microphone.ts';

export type JoinedCaller = { room: Room; ear: AgentEar; microphone: Microphone; leave(): Promise<void> };

/** Joins a real room as its caller, with an ear for the agent and a microphone that can be spoken into. */
export async function joinAsCaller({ url, token }: { url: string; token: string }): Promise<JoinedCaller> {
  const room = new Room();
  const ear = new AgentEar(room);
  room.on(RoomEvent.TrackSubscribed, (track: RemoteTrack) => {
    if (track.kind === TrackKind.KIND_AUDIO) void listen(track, ear);
  });
  await room.connect(url, token, { autoSubscribe: true, dynacast: false });
  // No queue: a frame is handed over when its last sample would have been recorded, as a real microphone does.
  const source = new AudioSource(16_000, 1, 0);
  const options = new TrackPublishOptions();
  options.source = TrackSource.SOURCE_MICROPHONE;
  await room.localParticipant?.publishTrack(LocalAudioTrack.createAudioTrack('microphone', source), options);
  const microphone = new Microphone((pcm) => source.captureFrame(new AudioFrame(pcm, 16_000, 1, pcm.length)));
  return {
    room,
    ear,
    microphone,
    async leave() {
      microphone.close();
      await room.disconnect();
    },
  };
}

async function listen(track: RemoteTrack, ear: AgentEar): Promise<void> {
  for await (const frame of new AudioStream(track, 16_000, 1)) ear.take(frame.data, performance.now());
}
