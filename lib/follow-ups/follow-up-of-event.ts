import type { CallEvent, NewCallEvent } from '#src/lib/calls/call-event.ts';
import type { FollowUpReason } from '#src/lib/follow-ups/follow-up.ts';

export type NewFollowUp = {
  reason: FollowUpReason;
  /** What makes it one item: the same subject of the same reason is one, however often it comes up in a call. */
  subject: string;
  serverName: string;
  tool: string;
  note?: string | undefined;
  toolCallId?: string | undefined;
  /** The moment of the call, ms from t = 0. */
  at: number | null;
};

/** What a colleague was promised at this very moment: a write in doubt, or one that no operator was there to approve. */
export function followUpOfEvent(event: NewCallEvent): NewFollowUp | null {
  if (event.type === 'tool-in-doubt') {
    const { serverName, tool, message } = event.data;
    const subject = event.toolCallId ?? `${event.data.serverId} ${tool}`;
    return { reason: 'write-in-doubt', subject, serverName, tool, note: message, ...moment(event) };
  }
  if (event.type === 'tool-declined' && event.data.reason === 'nobody') {
    const { serverId, serverName, tool } = event.data;
    return { reason: 'operator-absent', subject: `${serverId} ${tool}`, serverName, tool, ...moment(event) };
  }
  return null;
}

/** After these the caller was asked, or talked on: no colleague was offered. */
const notOffered = new Set(['arguments-invalid', 'interrupted']);

/** Tools that failed and did not work later in the same call: the safe sentence offered a colleague for them. One for each tool. */
export function followUpsOfFailures(events: readonly CallEvent[]): NewFollowUp[] {
  const open = new Map<string, NewFollowUp>();
  for (const event of events) {
    if (event.type === 'tool-succeeded') open.delete(`${event.data.serverId} ${event.data.tool}`);
    if (event.type !== 'tool-failed' || notOffered.has(event.data.code)) continue;
    const { serverId, serverName, tool, message } = event.data;
    const subject = `${serverId} ${tool}`;
    open.set(subject, { reason: 'tool-failed', subject, serverName, tool, note: message, ...moment(event) });
  }
  return [...open.values()];
}

const moment = (event: { toolCallId?: string | undefined; at: number | null }) => ({
  toolCallId: event.toolCallId,
  at: event.at,
});
