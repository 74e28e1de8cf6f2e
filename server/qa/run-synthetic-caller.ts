import { AppError } from '#src/lib/app-error.ts';
import { joinAsCaller } from '#src/server/qa/join-as-caller.ts';
import { silentTailMs } from '#src/server/qa/loud.ts';

export type SyntheticCallerOptions = {
  /** LiveKit's address and a token for one room. */
  url: string;
  token: string;
  lines: readonly string[];
  /** Makes speech of a line: 16 kHz mono. */
  speak: (line: string) => Promise<Int16Array>;
  /** Told of each answer as it was heard. */
  onHeard?: (turn: HeardTurn) => void;
  /** Most time for the agent to come and greet, for an answer to begin, and for it to end. */
  limits?: { greetingMs: number; answerMs: number; answerLengthMs: number };
  /** Goes on with the next line when an answer does not come, instead of giving up. */
  goesOn?: boolean;
  signal?: AbortSignal;
};

export type HeardTurn = {
  line: string;
  /** From the last sound of the line to the first sound of the answer, ms, on the audio; null when none came. */
  voiceToVoiceMs: number | null;
  /** Length of the answer, from its first to its last sound, ms. */
  answerMs: number;
};

export type SyntheticCall = {
  /** From beginning to join to the first sound of the greeting, ms. */
  greetingMs: number;
  turns: HeardTurn[];
};

const defaultLimits = { greetingMs: 20_000, answerMs: 20_000, answerLengthMs: 60_000 };

/**
 * Joins a real room as its caller, waits for the greeting, speaks each line when the agent is quiet, waits for the answer,
 * and leaves after the last. Throws AppError `no-greeting` or `no-answer` when the agent stays silent.
 */
export async function runSyntheticCaller(options: SyntheticCallerOptions): Promise<SyntheticCall> {
  const limits = options.limits ?? defaultLimits;
  const { signal } = options;
  const speaking = Promise.all(options.lines.map(async (line) => ({ line, clip: await options.speak(line) })));
  const joinedAt = performance.now();
  const caller = await joinAsCaller(options);
  try {
    const greetedAt = await caller.ear.sound(joinedAt, limits.greetingMs, signal);
    if (greetedAt === null) throw new AppError('no-greeting', 'The agent did not say anything.');
    await caller.ear.quiet(limits.answerLengthMs, signal);
    const turns: HeardTurn[] = [];
    for (const { line, clip } of await speaking) {
      const endedAt = (await caller.microphone.say(clip)) - silentTailMs(clip);
      const answeredAt = await caller.ear.sound(endedAt, limits.answerMs, signal);
      if (answeredAt !== null) await caller.ear.quiet(limits.answerLengthMs, signal);
      const turn: HeardTurn = {
        line,
        voiceToVoiceMs: answeredAt === null ? null : Math.round(answeredAt - endedAt),
        answerMs: answeredAt === null ? 0 : Math.round(caller.ear.lastSoundAt - answeredAt),
      };
      turns.push(turn);
      options.onHeard?.(turn);
      if (answeredAt === null && !options.goesOn) throw new AppError('no-answer', 'The agent did not answer.');
    }
    return { greetingMs: Math.round(greetedAt - joinedAt), turns };
  } finally {
    await caller.leave();
  }
}
