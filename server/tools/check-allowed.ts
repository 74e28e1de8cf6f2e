import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import type { FrozenTool } from '#src/server/tools/tool-runtime.ts';

/** First step: may this assistant call this tool at all? Answers the tool, or the code of the refusal. */
export function checkAllowed(
  server: FrozenServer,
  tool: string,
  quarantined: boolean,
): { ok: true; tool: FrozenTool } | { ok: false; code: 'tool-not-allowed' | 'definition-changed' | 'not-during-call' } {
  const found = server.tools.find(({ definition }) => definition.name === tool);
  if (!found?.policy.allowed) return { ok: false, code: 'tool-not-allowed' };
  if (server.phase !== 'live') return { ok: false, code: 'not-during-call' };
  if (quarantined) return { ok: false, code: 'definition-changed' };
  return { ok: true, tool: found };
}
