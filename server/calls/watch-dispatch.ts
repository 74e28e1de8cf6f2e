import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { appendCallEvent } from '#src/server/calls/event-log.ts';
import { finishCall } from '#src/server/calls/finish-call.ts';
import { closeRoom, dispatchAgent } from '#src/server/calls/livekit.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls } from '#src/server/db/schema.ts';
import { log } from '#src/server/log.ts';

/** LiveKit does not repeat a dispatch that no worker took: after this long it is sent again. */
const patienceMs = 3_000;
const attempts = 3;
const lookEveryMs = 100;

/** Watches that the agent comes; sends the dispatch again; ends the call as failed when nobody takes it. Never throws. */
export async function watchDispatch(teamId: string, callId: string): Promise<void> {
  try {
    await append(teamId, callId, { type: 'agent-dispatched', data: { attempt: 1 } });
    for (let attempt = 1; ; attempt++) {
      if (await comes(teamId, callId)) return;
      await append(teamId, callId, { type: 'agent-late', data: { attempt, waitedMs: patienceMs } });
      if (attempt === attempts) break;
      await dispatchAgent(callId, callId).catch(() => {});
      await append(teamId, callId, { type: 'agent-dispatched', data: { attempt: attempt + 1 } });
    }
    const lost = await finishCall(teamId, callId, {
      status: 'failed',
      code: 'no-agent',
      message: 'No agent took the call. All workers may be busy, or none runs.',
    });
    if (lost) await closeRoom(callId);
  } catch (error) {
    log('watch-dispatch').warn(
      { callId, code: error instanceof Error ? error.name : 'unknown' },
      'could not watch the dispatch',
    );
  }
}

/** True once the call is live or over. */
async function comes(teamId: string, callId: string): Promise<boolean> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const [row] = await forTeam(teamId, (tx) =>
      tx.select({ status: calls.status }).from(calls).where(eq(calls.id, callId)),
    );
    if (row?.status !== 'placed') return true;
    await sleep(lookEveryMs);
  }
  return false;
}

async function append(teamId: string, callId: string, event: Happening): Promise<void> {
  await appendCallEvent(teamId, callId, { id: newId('evt'), at: null, ...event });
}

type Happening =
  | { type: 'agent-dispatched'; data: { attempt: number } }
  | { type: 'agent-late'; data: { attempt: number; waitedMs: number } };
