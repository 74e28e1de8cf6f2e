import {
  AudioStream,
  type LocalTrackPublication,
  type RemoteParticipant,
  type RemoteTrack,
  type Room,
  RoomEvent,
  type Track,
  TrackKind,
} from '@livekit/rtc-node';
import { callerIdentity } from '#src/lib/calls/call.ts';
import type { Side } from '#src/lib/recording/stereo-buffer.ts';
import type { CallClock } from '#src/server/agent/call-clock.ts';
import type { EventWriter } from '#src/server/agent/event-writer.ts';
import { CallRecorder, recordingRate } from '#src/server/calls/recording/call-recorder.ts';
import {
  noteRecorded,
  noteRecording,
  recordingFile,
  recordingKey,
} from '#src/server/calls/recording/recording-rows.ts';
import { fileStore } from '#src/server/files/file-store.ts';

/** Larger pieces cost less; where each ends is known all the same. */
const frameMs = 40;

export type RecordCallOptions = {
  room: Room;
  clock: CallClock;
  teamId: string;
  callId: string;
  events: Pick<EventWriter, 'write'>;
  onProblem: (code: string) => void;
};

export type RecordedCall = {
  /** Writes the rest. */
  end(): Promise<void>;
  /** Brings the file to where recordings are kept; what fails here the jobs process does later. */
  store(): Promise<void>;
};

/**
 * Records a call: the caller as the agent hears them, the agent as its track leaves for the room. What is made ahead of
 * its time, or cut off before it was sent, is recorded when it was sent, or never.
 */
export function recordCall({ room, clock, teamId, callId, events, onProblem }: RecordCallOptions): RecordedCall {
  const key = recordingKey(teamId, callId);
  const file = recordingFile(key);
  const recorder = new CallRecorder({
    file,
    now: clock.now,
    onLost: (error) => {
      events.write('recording-lost', { code: error instanceof Error && 'code' in error ? String(error.code) : 'lost' });
      onProblem('recording-lost');
    },
  });
  noteRecording(teamId, callId).catch(() => onProblem('recording-not-noted'));

  const streams = new Set<AudioStream>();
  const known = new Set<string>();
  const listen = async (track: Track, side: Side) => {
    const id = `${side} ${track.sid}`;
    if (known.has(id)) return;
    known.add(id);
    const stream = new AudioStream(track, { sampleRate: recordingRate, numChannels: 1, frameSizeMs: frameMs });
    streams.add(stream);
    const recorded = recorder.track(side);
    try {
      for await (const frame of stream) recorded.take(frame.data);
    } catch {
      onProblem('recording-track-lost');
    }
    recorded.end();
    streams.delete(stream);
    known.delete(id);
  };
  const callerTrack = (track: RemoteTrack, _publication: unknown, participant: RemoteParticipant) => {
    if (participant.identity === callerIdentity && track.kind === TrackKind.KIND_AUDIO) void listen(track, 'caller');
  };
  const ownTrack = (publication: LocalTrackPublication | undefined) => {
    const track = publication?.track;
    if (track?.kind === TrackKind.KIND_AUDIO) void listen(track, 'agent');
  };
  room.on(RoomEvent.TrackSubscribed, callerTrack);
  room.on(RoomEvent.LocalTrackPublished, ownTrack);
  for (const participant of room.remoteParticipants.values())
    for (const publication of participant.trackPublications.values())
      if (publication.track) callerTrack(publication.track, publication, participant);

  return {
    async end() {
      room.off(RoomEvent.TrackSubscribed, callerTrack);
      room.off(RoomEvent.LocalTrackPublished, ownTrack);
      const length = await recorder.close();
      if (recorder.lostMs > 0) onProblem('recording-has-gaps');
      if (length) await noteRecorded(teamId, callId, length).catch(() => onProblem('recording-not-noted'));
    },
    store: () => fileStore().take(key, file),
  };
}
