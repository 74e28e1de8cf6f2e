import { AppError } from '#src/lib/app-error.ts';
import type { PlacedCall } from '#src/lib/calls/call.ts';
import { lastToolEvent } from '#src/server/calls/event-log.ts';
import { finishCall } from '#src/server/calls/finish-call.ts';
import { agentIsIn, callerToken, closeRoom, sendControl, sendToAgent } from '#src/server/calls/livekit.ts';
import { type CallRow, findCall } from '#src/server/calls/read-calls.ts';
import { config } from '#src/server/config.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';

/** A new token for whoever was in the call already. Throws `not-found`, `call-over`, or `not-your-call` for another member. */
export async function joinCall(teamId: string, callId: string, userId: string | null): Promise<PlacedCall> {
  const call = await openCallRow(teamId, callId);
  // Joining takes the place of whoever speaks: a member's or a guest's place is theirs alone, even for programs of the team.
  if (call.callerLinkId !== null || (call.callerUserId !== null && call.callerUserId !== userId))
    throw new AppError('not-your-call', 'Someone else is the caller of this call.', {
      status: 403,
      hint: 'Watch it on its page, or place a call of your own.',
    });
  return {
    id: call.id,
    room: call.room,
    url: config().livekit.publicUrl,
    token: await callerToken(call.room, call.callerName),
  };
}

/** Hangs up: the agent is asked to end; where there is none, the call is ended here. */
export async function endCall(teamId: string, callId: string): Promise<void> {
  const call = await openCallRow(teamId, callId);
  const asked = call.status === 'live' && (await agentIsIn(call.room).catch(() => false));
  if (asked) await sendControl(call.room, { type: 'end', reason: 'caller-hung-up' });
  else {
    await finishCall(teamId, callId, { status: 'ended', reason: 'caller-hung-up' });
    await closeRoom(call.room);
  }
}

/** Says something in writing. `id` makes a repeat the same message. Throws `not-found`, `call-over` or `agent-away`. */
export async function sendText(teamId: string, callId: string, text: string, id: string = newId('evt')): Promise<void> {
  const call = await openCallRow(teamId, callId);
  await sendControl(call.room, { type: 'text', id, text }).catch((cause: unknown) => {
    throw new AppError('agent-away', 'The agent is not in the call yet.', {
      status: 409,
      retryable: true,
      hint: 'Try again in a moment.',
      cause,
    });
  });
}

/** An operator's yes or no to a write that waits for it. Throws `not-found`, `call-over`, `not-waiting` or `agent-away`. */
export async function decideApproval(
  teamId: string,
  callId: string,
  toolCallId: string,
  decision: { approved: boolean; by: string },
): Promise<void> {
  const call = await openCallRow(teamId, callId);
  const last = await lastToolEvent(teamId, callId, toolCallId);
  if (last?.type !== 'tool-waiting' || last.data.waitingFor !== 'operator')
    throw new AppError('not-waiting', 'This does not wait for an approval any more.', {
      status: 409,
      hint: 'Look at the tool call on the page: someone may have decided it, or the caller took it back.',
    });
  // To the agent alone: the caller's browser need not know who of the team decided.
  await sendToAgent(call.room, { type: 'approval', toolCallId, ...decision }).catch((cause: unknown) => {
    throw new AppError('agent-away', 'The agent of this call cannot be reached.', {
      status: 409,
      retryable: true,
      hint: 'Try again in a moment.',
      cause,
    });
  });
}

/** The row of a call that is not over. Throws `not-found` or `call-over`. */
export async function openCallRow(teamId: string, callId: string): Promise<CallRow> {
  const call = await forTeam(teamId, (tx) => findCall(tx, callId));
  if (call.status === 'ended' || call.status === 'failed')
    throw new AppError('call-over', 'This call is over.', {
      status: 409,
      hint: 'Read its transcript, or place a new call.',
    });
  return call;
}
