import { eq } from 'drizzle-orm';
import { AppError } from '#src/lib/app-error.ts';
import type { PlacedCall } from '#src/lib/calls/call.ts';
import { frozenCallSchema } from '#src/lib/calls/frozen-call.ts';
import { openCallRow } from '#src/server/calls/control-call.ts';
import { listenerToken, newListener, sendToAgent } from '#src/server/calls/livekit.ts';
import { config } from '#src/server/config.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls } from '#src/server/db/schema.ts';

/**
 * A place in the room of a live call from which both sides are heard and nobody is noticed. The agent's process is told first: it writes
 * into the log who listens, and from when to when. Throws `not-found`, `call-over` or `agent-away`.
 */
export async function listenToCall(teamId: string, callId: string, by: string): Promise<PlacedCall> {
  const call = await openCallRow(teamId, callId);
  const identity = newListener();
  await tellAgent(call.room, { type: 'listening', identity, by });
  const token = await listenerToken(call.room, identity);
  return { id: call.id, room: call.room, url: config().livekit.publicUrl, token };
}

/**
 * Whispers to the agent: the model is told from its next answer on, the caller never is. `id` makes a repeat the same whisper. Throws
 * `not-found`, `call-over` or `agent-away`.
 */
export async function whisperToAgent(
  teamId: string,
  callId: string,
  o: { text: string; by: string; id?: string | undefined },
): Promise<void> {
  const call = await openCallRow(teamId, callId);
  await tellAgent(call.room, { type: 'whisper', id: o.id ?? newId('evt'), text: o.text, by: o.by });
}

/** Does the model of this call follow rules, and no free text? False for a call that cannot be read. */
export async function followsRules(teamId: string, callId: string): Promise<boolean> {
  const [row] = await forTeam(teamId, (tx) =>
    tx.select({ frozen: calls.frozen }).from(calls).where(eq(calls.id, callId)),
  );
  return frozenCallSchema.safeParse(row?.frozen).data?.config.thinking.kind === 'rehearsal';
}

async function tellAgent(room: string, message: Parameters<typeof sendToAgent>[1]): Promise<void> {
  await sendToAgent(room, message).catch((cause: unknown) => {
    throw new AppError('agent-away', 'The agent is not in the call.', {
      status: 409,
      retryable: true,
      hint: 'Try again in a moment.',
      cause,
    });
  });
}
