import { readBack } from '#src/lib/confirmation/read-back.ts';
import type { ConfirmationWords } from '#src/lib/confirmation/words.ts';
import { checkAllowed } from '#src/server/tools/check-allowed.ts';
import { checkArguments } from '#src/server/tools/check-arguments.ts';
import { deedKey } from '#src/server/tools/request-key.ts';
import type { ToolRequest, ToolRuntime } from '#src/server/tools/tool-runtime.ts';

/** A write that someone has to say yes to before it is sent. */
export type Asking = {
  /** What it would do, in plain words. */
  readBack: string;
  args: Record<string, unknown>;
  /** The same for the same deed. */
  deed: string;
  caller: boolean;
  operator: boolean;
};

/**
 * Has someone to be asked before this call may run? Null when not: it is a read, needs no yes, will be refused anyhow, or joins the
 * same write that is under way already. Decides nothing and writes nothing.
 */
export function askFirst(
  runtime: Pick<ToolRuntime, 'quarantined' | 'writes'>,
  request: Pick<ToolRequest, 'server' | 'tool' | 'args'>,
  words: Pick<ConfirmationWords, 'and'>,
): Asking | null {
  const { server, tool: name } = request;
  const allowed = checkAllowed(server, name, runtime.quarantined(server.id, name));
  if (!allowed.ok || allowed.tool.policy.effect !== 'write') return null;
  const { definition, policy } = allowed.tool;
  const valid = checkArguments(definition.inputSchema, request.args);
  if (policy.confirmation === 'never' || !valid.ok) return null;
  const deed = deedKey({ request, args: valid.args });
  if (runtime.writes.isTalkedOver(deed)) return null;
  return {
    readBack: readBack(definition, valid.args, words),
    args: valid.args,
    deed,
    caller: policy.confirmation !== 'operator',
    operator: policy.confirmation !== 'caller',
  };
}
