import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { type CallState, openState } from '#src/lib/calls/call-state.ts';
import { foldEvent } from '#src/lib/calls/fold-event.ts';
import { createShownCall, type ShownCall } from '#src/lib/calls/shown-call.ts';

/** A call as a page shows it, live or afterwards: its items, and what is known of it as a whole. */
export type CallView = ShownCall &
  Pick<CallState, 'zeroAt' | 'language' | 'lastAt' | 'ending' | 'callerAt' | 'questions' | 'followUps'>;

/** What the caller waits at most before an answer is called slow, ms. */
export const replyBudgetMs = 1500;

/** Folds the log of one call into its view. Pure: the same events give the same view, in any number of steps. */
export function callView(events: readonly CallEvent[]): CallView {
  const fold = createCallFold();
  for (const event of events) fold.take(event);
  return fold.view();
}

/**
 * The view of a call whose log grows. An event costs as much as what it changes, however long the log is, and what it does not
 * change is the same object in the next view.
 */
export function createCallFold() {
  let state = openState(null);
  let shown = createShownCall();
  /** What came before the clock: it gets its place with t = 0. */
  let early: CallEvent[] = [];
  let view: CallView | null = null;

  return {
    take(event: CallEvent): void {
      view = null;
      if (state.zeroAt === null) early.push(event);
      if (state.zeroAt !== null || event.type !== 'call-started') {
        foldEvent(state, event);
        return;
      }
      state = openState(Date.parse(event.recordedAt) - (event.at ?? 0));
      shown = createShownCall();
      for (const one of early) foldEvent(state, one);
      early = [];
    },
    /** The same object until the next event comes. */
    view(): CallView {
      const { zeroAt, language, lastAt, ending, callerAt, questions, followUps } = state;
      view ??= { ...shown.show(state), zeroAt, language, lastAt, ending, callerAt, questions, followUps };
      return view;
    },
  };
}
