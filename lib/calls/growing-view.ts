import type { CallEvent, CallEventType } from '#src/lib/calls/call-event.ts';
import { type CallView, createCallFold } from '#src/lib/calls/call-view.ts';

/**
 * The view of a log that grows at its end: each time only what is new is folded. Answers the same view for the same events, so that
 * it may be asked again and again. `shows` leaves out types of events.
 */
export function createGrowingView(shows: (type: CallEventType) => boolean): (log: readonly CallEvent[]) => CallView {
  let fold = createCallFold();
  let first: CallEvent | undefined;
  let taken = 0;
  return (log) => {
    if (log.length < taken || log[0] !== first) {
      fold = createCallFold();
      taken = 0;
    }
    for (const event of log.slice(taken)) if (shows(event.type)) fold.take(event);
    first = log[0];
    taken = log.length;
    return fold.view();
  };
}
