import type { ReadinessRule } from '#src/lib/mcp/readiness/tool-facts.ts';
import { effectOfName } from '#src/lib/mcp/readiness/words.ts';

const of = 5;

/** The server says whether the tool reads or writes (MCP `annotations`). It stays a hint: the policy is the operator's. */
export const effectHint: ReadinessRule = ({ definition: { name, annotations } }) => {
  const rule = 'effect-hint';
  const { readOnlyHint, destructiveHint } = annotations ?? {};
  if (readOnlyHint === undefined && destructiveHint === undefined)
    return { rule, ok: false, points: 0, of, message: 'It does not say whether it reads or writes: set readOnlyHint.' };
  if (readOnlyHint === true && effectOfName(name) === 'write')
    return { rule, ok: false, points: 0, of, message: 'It says that it only reads, but its name says that it writes.' };
  return {
    rule,
    ok: true,
    points: of,
    of,
    message: `It says that it ${readOnlyHint === true ? 'only reads' : 'writes'}.`,
  };
};
