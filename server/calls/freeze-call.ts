import { AppError } from '#src/lib/app-error.ts';
import type { AssistantConfig, PipelineStep } from '#src/lib/assistants/assistant-config.ts';
import type { FrozenCall, FrozenProvider, FrozenServer } from '#src/lib/calls/frozen-call.ts';
import { frozenServerSchema } from '#src/lib/calls/frozen-call.ts';
import type { TeamTx } from '#src/server/db/for-team.ts';
import { cataloguedTools } from '#src/server/mcp/catalogue.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';
import { findProvider } from '#src/server/providers/providers.ts';

/** The copy that a call runs on: allowed tools with definition, hash and policy, providers and servers without their keys. */
export async function freezeCall(
  tx: TeamTx,
  o: { assistantId: string; version: number | null; config: AssistantConfig },
): Promise<FrozenCall> {
  const servers: FrozenServer[] = [];
  const informing = new Set([...o.config.context, ...o.config.prompts].map(({ serverId }) => serverId));
  const ids = new Set([...o.config.tools.map(({ serverId }) => serverId), ...informing]);
  for (const id of ids) {
    const wanted = o.config.tools.find(({ serverId }) => serverId === id)?.tools ?? [];
    if (wanted.length === 0 && !informing.has(id)) continue;
    const server = await freezeServer(tx, id, { wanted, informs: informing.has(id) });
    if (server) servers.push(server);
  }
  return {
    ...o,
    servers,
    providers: await freezeProviders(tx, [o.config.hearing, o.config.thinking, o.config.speaking]),
  };
}

/**
 * What counts is both: the assistant's list and the server's policy. A tool whose definition changed since the approval is left
 * out (B6). A deleted server has no tools to offer.
 */
async function freezeServer(
  tx: TeamTx,
  serverId: string,
  { wanted, informs }: { wanted: string[]; informs: boolean },
): Promise<FrozenServer | null> {
  const row = await findServer(tx, serverId).catch(() => null);
  if (!row) return null;
  const tools = (await cataloguedTools(tx, serverId))
    .filter((tool) => tool.policy.allowed && !tool.pending && wanted.includes(tool.definition.name))
    .map(({ hash, definition, policy }) => ({ hash, definition, policy }));
  // Its instructions are part of what is approved with a tool: without one, the model is told nothing of the server.
  // After the call it stays, so that the call can show that it was not told.
  // One that gives the model a resource or a prompt stays for that alone.
  if (tools.length === 0 && row.phase !== 'after-call' && !informs) return null;
  return {
    id: row.id,
    name: row.name,
    transport: frozenServerSchema.shape.transport.parse(row.transport),
    url: row.url,
    stdio: row.stdio,
    envCredentialId: row.envCredentialId,
    rest: row.rest,
    limits: row.limits,
    auth: row.auth,
    credentialId: row.credentialId,
    phase: row.phase === 'after-call' ? 'after-call' : 'live',
    afterCall: row.afterCall,
    instructions: tools.length === 0 ? null : row.instructions,
    era: row.era === 'modern' || row.era === 'legacy' ? row.era : null,
    tools,
  };
}

async function freezeProviders(tx: TeamTx, steps: PipelineStep[]): Promise<FrozenProvider[]> {
  const ids = new Set(steps.flatMap((step) => (step.kind === 'provider' ? [step.providerId] : [])));
  return Promise.all(
    [...ids].map(async (id) => {
      const row = await findProvider(tx, id).catch((cause: unknown) => {
        throw new AppError('provider-missing', 'A provider that this assistant uses was deleted.', {
          hint: 'Choose another one under Voice and model.',
          cause,
        });
      });
      return {
        id: row.id,
        name: row.name,
        kind: 'openai-compatible' as const,
        baseUrl: row.baseUrl,
        credentialId: row.credentialId,
        prices: row.prices,
      };
    }),
  );
}
