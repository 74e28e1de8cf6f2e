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
import { AppError } from '#src/lib/app-error.ts';
import { AgentEar } from '#src/server/qa/agent-ear.ts';
import { Microphone } from '#src/server/qa/microphone.ts';

export type SyntheticCallerOptions = {
  /** LiveKit's address and a token for one room. */
  url: string;
  token: string;
  lines: readonly string[];
  /** Makes speech of a line: 16 kHz mono. */
  speak: (line: string) => Promise<Int16Array>;
  /** Told of each answer as it was heard. */
  onHeard?: (turn: HeardTurn) => void;
  /** Most time for the agent to come and greet, and for one answer to come and end. */
  limits?: { greetingMs: number; answerMs: number; answerLengthMs: number };
  signal?: AbortSignal;
};

export type HeardTurn = {
  line: string;
  /** From the last sample of the line to the first sound of the answer, ms, on the audio; null when none came. */
  voiceToVoiceMs: number | null;
  /** Length of the answer, from its first to its last sound, ms. */
  answerMs: number;
};

export type SyntheticCall = { greetingMs: number | null; turns: HeardTurn[] };

/**
 * Joins a real room as its caller, waits for the greeting, speaks each line when the agent is quiet, waits for the answer,
 * and hangs up after the last. Throws AppError `no-greeting` or `no-answer` when the agent stays silent.
 */
export async function runSyntheticCaller(options: SyntheticCallerOptions): Promise<SyntheticCall> {
  const limits = options.limits ?? { greetingMs: 20_000, answerMs: 20_000, answerLengthMs: 60_000 };
  const clips = await Promise.all(options.lines.map(options.speak));
  const room = new Room();
  const ear = new AgentEar(room);
  room.on(RoomEvent.TrackSubscribed, (track: RemoteTrack) => {
    if (track.kind === TrackKind.KIND_AUDIO) void listen(track, ear);
  });
  let microphone: Microphone | null = null;
  try {
    const joinedAt = performance.now();
    await room.connect(options.url, options.token, { autoSubscribe: true, dynacast: false });
    microphone = await openMicrophone(room);
    const greeted = await ear.sound(joinedAt, limits.greetingMs, options.signal);
    if (greeted === null) throw new AppError('no-greeting', 'The agent did not say anything.');
    await ear.quiet(limits.answerLengthMs, options.signal);
    const turns: HeardTurn[] = [];
    for (const [at, line] of options.lines.entries()) {
      const clip = clips[at];
      if (!clip) continue;
      const endedAt = await microphone.say(clip);
      const answeredAt = await ear.sound(endedAt, limits.answerMs, options.signal);
      if (answeredAt !== null) await ear.quiet(limits.answerLengthMs, options.signal);
      const turn: HeardTurn = {
        line,
        voiceToVoiceMs: answeredAt === null ? null : Math.round(answeredAt - endedAt),
        answerMs: answeredAt === null ? 0 : Math.round(ear.lastSoundAt - answeredAt),
      };
      turns.push(turn);
      options.onHeard?.(turn);
      if (answeredAt === null) throw new AppError('no-answer', 'The agent did not answer.');
    }
    return { greetingMs: Math.round(greeted - joinedAt), turns };
  } finally {
    microphone?.close();
    await room.disconnect();
  }
}

async function openMicrophone(room: Room): Promise<Microphone> {
  // No queue: a frame is handed over when its last sample would have been recorded, as a real microphone does.
  const source = new AudioSource(16_000, 1, 0);
  const options = new TrackPublishOptions();
  options.source = TrackSource.SOURCE_MICROPHONE;
  await room.localParticipant?.publishTrack(LocalAudioTrack.createAudioTrack('microphone', source), options);
  return new Microphone((pcm) => source.captureFrame(new AudioFrame(pcm, 16_000, 1, pcm.length)));
}

async function listen(track: RemoteTrack, ear: AgentEar): Promise<void> {
  for await (const frame of new AudioStream(track, 16_000, 1)) ear.take(frame.data, performance.now());
}
