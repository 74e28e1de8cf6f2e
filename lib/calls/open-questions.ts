import type { CallEvent, CallEventData } from '#src/lib/calls/call-event.ts';

export type OpenQuestion = CallEventData<'question-asked'>;

/** What servers ask just now in a live call, and nobody has answered. */
export function openQuestions(events: readonly CallEvent[]): OpenQuestion[] {
  const open = new Map<string, OpenQuestion>();
  for (const event of events) {
    if (event.type === 'question-asked') open.set(event.data.questionId, event.data);
    else if (event.type === 'question-answered') open.delete(event.data.questionId);
    else if (event.type === 'call-ended' || event.type === 'call-failed') open.clear();
  }
  return [...open.values()];
}
