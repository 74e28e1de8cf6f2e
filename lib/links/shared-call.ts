import type { Call } from '#src/lib/calls/call.ts';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { type CallView, callView } from '#src/lib/calls/call-view.ts';
import type { Recording } from '#src/lib/calls/recording.ts';
import type { SharedFindings } from '#src/lib/links/shared-findings.ts';

/** All that whoever opens a share link gets of a call. */
export type SharedCall = Pick<Call, 'assistantName' | 'placedAt'> & {
  /** The shared log as JSON. */
  log: string;
  findings: SharedFindings;
  /** Null where the link goes without it, or there is none. */
  recording: Recording | null;
  /** Arguments and results of tools are in the log. */
  payloads: boolean;
  expiresAt: string;
};

/** The view of a shared log, with what was judged by the whole log. */
export function sharedView(events: readonly CallEvent[], { claims }: SharedFindings): CallView {
  const view = callView(events);
  const ofTurn = Map.groupBy(claims, ({ turnId }) => turnId);
  for (const turn of view.agent) turn.claims = ofTurn.get(turn.id) ?? [];
  for (const item of view.items) if (item.kind === 'note') item.detail = null;
  return view;
}
