import { isRecord } from '#src/lib/json-schema/is-record.ts';

/** Why a write that was read back was not done. */
export const declineReasons = ['no', 'change', 'other', 'unheard', 'operator', 'nobody', 'ended'] as const;
export type DeclineReason = (typeof declineReasons)[number];

const hints: Record<DeclineReason, string> = {
  no: 'The caller said no. Nothing was done. Do not ask for it again unless the caller does.',
  change:
    'The caller wants something else than was read back. Nothing was done. Call the tool again with what they want now.',
  other:
    'The caller said something else. Nothing was done. Answer that, then call the tool again if it is still wanted.',
  unheard: 'The caller did not hear all of it. Nothing was done. Call the tool again, it will be read back once more.',
  operator: 'A colleague did not approve it. Nothing was done. Tell the caller so.',
  nobody:
    'No colleague was there to approve it. Nothing was done. Tell the caller so, and that someone will call back.',
  ended: 'The call ended before it was decided. Nothing was done.',
};

/** What the model is told of a write that waits for a yes: it is not done, and it is not the model's to decide. */
export function waitingAnswer(readBack: string, waitsFor: 'caller' | 'operator'): string {
  const hint =
    waitsFor === 'caller'
      ? 'Not done yet: it was read back to the caller, who has to say yes. Do not call it again before.'
      : 'Not done yet: a colleague has to approve it. Do not call it again.';
  return JSON.stringify({ waiting: { for: waitsFor, readBack, hint } });
}

/** What the model is told of a write that will not be done. `say` is meant for the caller, where nobody asked for a new one. */
export function notDoneAnswer(readBack: string, reason: DeclineReason, say?: string): string {
  return JSON.stringify({ notDone: { readBack, ...(say === undefined ? {} : { say }), hint: hints[reason] } });
}

/** The read-back in such an answer, and what is to be said of it; null for any other answer of a tool. */
export function readBackIn(answer: string): { readBack: string; say: string | null; waitsForOperator: boolean } | null {
  if (!answer.startsWith('{"waiting":') && !answer.startsWith('{"notDone":')) return null;
  try {
    const parsed: unknown = JSON.parse(answer);
    const inner = isRecord(parsed) ? (parsed.waiting ?? parsed.notDone) : null;
    if (!isRecord(inner) || typeof inner.readBack !== 'string') return null;
    const say = typeof inner.say === 'string' ? inner.say : null;
    return { readBack: inner.readBack, say, waitsForOperator: inner.for === 'operator' };
  } catch {
    return null;
  }
}
