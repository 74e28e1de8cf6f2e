import type { HeardFigures } from '#src/lib/calls/recording.ts';
import type { SoundLevels } from '#src/lib/latency/sound-levels.ts';
import { type Sound, soundsOf } from '#src/lib/latency/sounds.ts';

/** A silence that somebody owes an answer in is dead air from here on, ms. */
export const deadAirMs = 3_000;

export type HeardOptions = {
  /** When the caller came, ms: whoever comes is greeted. */
  callerFrom?: number | undefined;
  /** When tools or the model were at work, ms: the agent was the one to speak. */
  working?: readonly Sound[];
};

/** What a listener measures on a recording. All by the sound alone; who is at work only tells whose silence it is. */
export function heardFigures(levels: SoundLevels, { callerFrom, working = [] }: HeardOptions = {}): HeardFigures {
  const caller = soundsOf(levels.caller, levels.stepMs);
  const agent = soundsOf(levels.agent, levels.stepMs);
  const endMs = levels.caller.length * levels.stepMs;
  const quiet = silences(caller, agent);
  return {
    replies: replies(caller, agent),
    deadAir: [
      ...greetingLate(caller, agent, callerFrom),
      ...[...quiet, ...lastSilence(caller, agent, endMs)].filter(
        (silence) => silence.to - silence.from >= deadAirMs && isOwed(silence, caller, agent, working),
      ),
    ],
    longestSilenceMs: Math.max(0, ...quiet.map(({ from, to }) => to - from)),
    talkOverMs: overlapMs(caller, agent),
    callerMs: lengthMs(caller),
    agentMs: lengthMs(agent),
  };
}

/** An answer is the first sound of the agent since the caller spoke, the caller being quiet again. */
function replies(caller: Sound[], agent: Sound[]): HeardFigures['replies'] {
  return agent.flatMap(({ from }, index) => {
    const asked = caller.findLast((sound) => sound.from < from);
    if (!asked || asked.to > from) return [];
    const before = agent[index - 1];
    return before && before.to >= asked.to ? [] : [{ at: from, ms: from - asked.to }];
  });
}

/** Stretches between sounds in which neither side is heard. */
function silences(caller: Sound[], agent: Sound[]): Sound[] {
  const found: Sound[] = [];
  let quietFrom: number | null = null;
  for (const { from, to } of [...caller, ...agent].sort((a, b) => a.from - b.from)) {
    if (quietFrom !== null && from > quietFrom) found.push({ from: quietFrom, to: from });
    quietFrom = Math.max(quietFrom ?? 0, to);
  }
  return found;
}

function lastSilence(caller: Sound[], agent: Sound[], endMs: number): Sound[] {
  const last = Math.max(caller.at(-1)?.to ?? 0, agent.at(-1)?.to ?? 0);
  return last > 0 && endMs > last ? [{ from: last, to: endMs }] : [];
}

/** The agent owes an answer after the caller spoke, and while it works on one. A caller may think as long as they like. */
function isOwed(silence: Sound, caller: Sound[], agent: Sound[], working: readonly Sound[]): boolean {
  const heardLast = (sounds: Sound[]) =>
    sounds.findLast(({ to }) => to <= silence.from)?.to ?? Number.NEGATIVE_INFINITY;
  if (heardLast(caller) > heardLast(agent)) return true;
  const worked = working.map(({ from, to }) => Math.min(to, silence.to) - Math.max(from, silence.from));
  return Math.max(0, ...worked) >= deadAirMs;
}

function greetingLate(caller: Sound[], agent: Sound[], callerFrom: number | undefined): Sound[] {
  if (callerFrom === undefined) return [];
  const first = Math.min(caller[0]?.from ?? Number.POSITIVE_INFINITY, agent[0]?.from ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(first) && first - callerFrom >= deadAirMs ? [{ from: callerFrom, to: first }] : [];
}

function overlapMs(caller: Sound[], agent: Sound[]): number {
  let sum = 0;
  let from = 0;
  for (const one of caller) {
    while (from < agent.length && (agent[from]?.to ?? 0) <= one.from) from++;
    for (let i = from; i < agent.length; i++) {
      const other = agent[i];
      if (!other || other.from >= one.to) break;
      sum += Math.min(one.to, other.to) - Math.max(one.from, other.from);
    }
  }
  return sum;
}

const lengthMs = (sounds: Sound[]): number => sounds.reduce((sum, { from, to }) => sum + to - from, 0);
