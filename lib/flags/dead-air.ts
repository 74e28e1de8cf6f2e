import type { CallView } from '#src/lib/calls/call-view.ts';
import type { FlagRule } from '#src/lib/flags/flag.ts';
import { durationWords } from '#src/lib/time-words.ts';

/** A wait of this length, heard by a caller, is dead air. */
const longMs = 5_000;

/** Nobody was heard for long while the agent owed an answer: by the recording, and by the log where there is none. */
export const deadAir: FlagRule = ({ view, heard }) => {
  const silences = heard ? heard.deadAir : waits(view);
  const [longest] = silences
    .filter(({ from, to }) => to - from >= longMs)
    .sort((a, b) => b.to - b.from - (a.to - a.from));
  if (!longest) return [];
  const count = silences.filter(({ from, to }) => to - from >= longMs).length;
  return [
    {
      code: 'dead-air',
      severity: 'rough',
      reason: `The caller heard nothing for ${durationWords(longest.to - longest.from)}${count > 1 ? `, and ${count - 1} more time${count > 2 ? 's' : ''} for long` : ''}.`,
      at: longest.from,
      itemId: null,
    },
  ];
};

/** What the log tells of waits: the delays of answers. */
function waits(view: CallView): { from: number; to: number }[] {
  return view.agent.flatMap((turn) => (turn.delayMs === null ? [] : [{ from: turn.at - turn.delayMs, to: turn.at }]));
}
