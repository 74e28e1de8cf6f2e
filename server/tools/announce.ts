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
  const [announced, claim] = await Promise.all([
    runtime.writeThrough('tool-started', { ...names, arguments: args, effect: 'write' }, ids),
    runtime.writes.claim({
      toolCallId: ids.toolCallId,
      serverId: names.serverId,
      tool: names.tool,
      key: writeKey(step),
    }),
  ]);
  if (!claim.ok && claim.earlier) return { ok: false, outcome: repeatEarlier(step, claim.earlier) };
  if (!claim.ok)
    return { ok: false, outcome: fail(step, 'ledger-unavailable', 'The write could not be noted, so it is not sent.') };
  if (announced) return claim;
  const outcome = fail(step, 'log-unavailable', 'The log cannot be written now, so no write is sent.');
  claim.settle('not-done', outcome.answer);
  return { ok: false, outcome };
}
