import { fail } from '#src/server/tools/report-failure.ts';
import { writeKey } from '#src/server/tools/request-key.ts';
import { repeatEarlier } from '#src/server/tools/send-once.ts';
import type { ToolOutcome } from '#src/server/tools/tool-outcome.ts';
import type { ReadyStep } from '#src/server/tools/tool-step.ts';
import type { Claim } from '#src/server/tools/write-ledger.ts';

/** Tells the log that a read begins; it goes on while the log cannot be written. */
export function announceRead({ runtime, names, ids, args }: ReadyStep): void {
  runtime.write('tool-started', { ...names, arguments: args, effect: 'read' }, ids);
}

type Released = { ok: true; settle: Extract<Claim, { ok: true }>['settle'] } | { ok: false; outcome: ToolOutcome };

/**
 * The last step before a write leaves: log and ledger have to know of it, or it is not sent. Both are asked at the same time,
 * because a caller waits.
 */
export async function releaseWrite(step: ReadyStep): Promise<Released> {
  const { runtime, names, ids, args } = step;
  const key = writeKey(step);
  const claiming = runtime.writes.claim({
    toolCallId: ids.toolCallId,
    serverId: names.serverId,
    tool: names.tool,
    key,
  });
  const announced = await runtime.writeThrough('tool-started', { ...names, arguments: args, effect: 'write' }, ids);
  if (!announced) {
    const outcome = fail(step, 'log-unavailable', 'The log cannot be written now, so no write is sent.');
    runtime.writes.takeBack(claiming, outcome.answer);
    return { ok: false, outcome };
  }
  const claim = await claiming;
  if (claim.ok) return claim;
  const outcome = claim.earlier
    ? repeatEarlier(step, claim.earlier)
    : fail(step, 'ledger-unavailable', 'The write could not be noted, so it is not sent.');
  return { ok: false, outcome };
}
