import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import { defaultLimits } from '#src/lib/mcp/mcp-server.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { definitionHash } from '#src/server/mcp/definition-hash.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';

/** A real server without a key as a call sees it: every tool that it lists, pinned, under the policy that `policyOf` gives it. */
export async function frozenServer(
  named: { id: string; name: string; url: string },
  policyOf: (tool: string) => ToolPolicy,
): Promise<FrozenServer> {
  const server: FrozenServer = {
    ...named,
    transport: 'streamable-http',
    auth: { type: 'none' },
    credentialId: null,
    stdio: null,
    envCredentialId: null,
    rest: null,
    limits: defaultLimits,
    phase: 'live',
    instructions: null,
    era: 'modern',
    tools: [],
  };
  const session = await openMcpSession({ server, key: null });
  server.tools = (await session.listTools()).map((definition) => ({
    definition,
    hash: definitionHash(definition, session.instructions),
    policy: policyOf(definition.name),
  }));
  await session.close();
  return server;
}
