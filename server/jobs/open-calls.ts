import { spawn } from 'node:child_process';
import path from 'node:path';
import { and, eq, isNull } from 'drizzle-orm';
import { finishCall } from '#src/server/calls/finish-call.ts';
import { heartbeatLimitMs } from '#src/server/calls/heartbeat.ts';
import { closeRoom } from '#src/server/calls/livekit.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls } from '#src/server/db/schema.ts';
import { log } from '#src/server/log.ts';

const lookEveryMs = 1_000;
/** A call that no agent took is ended by whoever placed it; this is for when that process died. */
const neverStartedMs = 30_000;
const callerProgram = path.resolve(import.meta.dirname, '../qa/synthetic-caller.ts');

type OpenCall = { id: string; team_id: string; status: string; room: string; wants_caller: boolean; quiet_ms: number };

/** Looks after open calls: starts synthetic callers at once, ends calls whose process is gone. Returns the function that stops it. */
export function watchOpenCalls(): () => void {
  let stopped = false;
  const callers = new Set<() => void>();
  // After an outage of the database every call looks silent: their processes get the time to say that they live.
  let reachableSince = Date.now();
  const look = async () => {
    try {
      const open = await connection().sql<OpenCall[]>`select * from open_calls()`;
      for (const call of open) {
        if (call.wants_caller && !stopped) await startCaller(call, callers);
        if (Date.now() - reachableSince > heartbeatLimitMs) await endIfLost(call);
      }
    } catch (error) {
      reachableSince = Date.now();
      log('jobs').warn({ code: error instanceof Error ? error.name : 'unknown' }, 'open calls could not be read');
    }
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  // A notice makes a synthetic caller come at once; the regular look is for notices that were missed.
  connection()
    .sql.listen('calls_placed', () => void look())
    .catch(() => {});
  return () => {
    stopped = true;
    clearInterval(timer);
    for (const end of callers) end();
  };
}

async function endIfLost(call: OpenCall): Promise<void> {
  const lost = call.status === 'live' ? call.quiet_ms > heartbeatLimitMs : call.quiet_ms > neverStartedMs;
  if (!lost) return;
  const ended = await finishCall(
    call.team_id,
    call.id,
    call.status === 'live'
      ? { status: 'failed', code: 'worker-lost', message: 'The process of this call ended unexpectedly.' }
      : { status: 'failed', code: 'no-agent', message: 'No agent took the call.' },
  );
  if (ended) {
    log('jobs').warn({ callId: call.id }, 'ended a lost call');
    await closeRoom(call.room);
  }
}

/** A process for each synthetic caller: its audio runs on a clock of its own, and its death ends nothing else. */
async function startCaller(call: OpenCall, callers: Set<() => void>): Promise<void> {
  const claimed = await forTeam(call.team_id, (tx) =>
    tx
      .update(calls)
      .set({ sayClaimedAt: new Date() })
      .where(and(eq(calls.id, call.id), isNull(calls.sayClaimedAt)))
      .returning({ id: calls.id }),
  );
  if (claimed.length === 0) return;
  const child = spawn(
    process.execPath,
    [...process.execArgv.filter((flag) => !flag.startsWith('--watch')), callerProgram, call.id],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const end = () => child.kill('SIGTERM');
  callers.add(end);
  child.once('close', (code) => {
    callers.delete(end);
    if (code !== 0) log('jobs').warn({ callId: call.id, code }, 'a synthetic caller ended early');
  });
}
