import { eq } from 'drizzle-orm';
import { AppError } from '#src/lib/app-error.ts';
import {
  type McpAuthInput,
  type McpServer,
  type McpServerInput,
  type McpServerPatch,
  mcpServerInputSchema,
  restSchema,
} from '#src/lib/mcp/mcp-server.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { mcpServers } from '#src/server/db/schema.ts';
import { findServer, type ServerRow, shownServer, storedAuth } from '#src/server/mcp/server-rows.ts';
import { dropCredential, storeCredential } from '#src/server/secrets/credentials.ts';

/** Adds a server. The key is stored encrypted. Throws `key-missing` when the kind of check needs one. */
export async function createServer(
  teamId: string,
  raw: McpServerInput,
  options: { demo?: boolean } = {},
): Promise<McpServer> {
  const input = mcpServerInputSchema.parse(raw);
  const key = keyOf(input.auth);
  const env = input.transport === 'stdio' && input.env && Object.keys(input.env).length > 0 ? input.env : null;
  if (needsKey(input.auth) && key === undefined) throw keyMissing();
  const row = await forTeam(teamId, async (tx) => {
    const credentialId = key === undefined ? null : await storeCredential(tx, teamId, key);
    const [made] = await tx
      .insert(mcpServers)
      .values({
        id: newId('srv'),
        teamId,
        name: input.name,
        transport: input.transport,
        url: input.url ?? '',
        stdio: input.stdio ?? null,
        rest: input.transport === 'rest' ? restSchema.parse(input.rest ?? {}) : null,
        envCredentialId: env === null ? null : await storeCredential(tx, teamId, JSON.stringify(env)),
        envNames: Object.keys(env ?? {}),
        limits: input.limits,
        watchMinutes: input.watchMinutes,
        auth: storedAuth(input.auth, credentialId !== null),
        credentialId,
        phase: input.phase,
        toolsFilter: input.toolsFilter ?? [],
        demo: options.demo ?? false,
        allowNewTools: input.toolsFilter !== undefined,
      })
      .returning();
    return made;
  });
  if (!row) throw new AppError('internal', 'The server could not be stored.', { status: 500 });
  return shownServer(row);
}

/**
 * Changes a server. A key that is left out stays, but never goes along to another origin: a new host needs the key again
 * (`key-missing`), so that a stored key cannot be sent to where someone points it.
 */
export async function updateServer(teamId: string, serverId: string, patch: McpServerPatch): Promise<McpServer> {
  const row = await forTeam(teamId, async (tx) => {
    const before = await findServer(tx, serverId);
    const credential = await nextCredential(before, patch, (secret) => storeCredential(tx, teamId, secret));
    const [after] = await tx
      .update(mcpServers)
      .set({
        ...(patch.name === undefined ? {} : { name: patch.name }),
        ...(patch.url === undefined ? {} : { url: patch.url }),
        ...(patch.phase === undefined ? {} : { phase: patch.phase }),
        ...(patch.toolsFilter === undefined ? {} : { toolsFilter: patch.toolsFilter }),
        ...(patch.stdio === undefined ? {} : { stdio: patch.stdio }),
        ...(patch.rest === undefined ? {} : { rest: patch.rest }),
        ...(patch.limits === undefined ? {} : { limits: patch.limits }),
        ...(patch.watchMinutes === undefined ? {} : { watchMinutes: patch.watchMinutes }),
        ...(patch.env === undefined
          ? {}
          : {
              envCredentialId: await storeCredential(tx, teamId, JSON.stringify(patch.env)),
              envNames: Object.keys(patch.env),
            }),
        ...(patch.auth === undefined ? {} : { auth: storedAuth(patch.auth, credential.id !== null) }),
        credentialId: credential.id,
        ...(patch.url === undefined && patch.auth === undefined ? {} : { state: null, era: null }),
      })
      .where(eq(mcpServers.id, serverId))
      .returning();
    if (credential.dropped) await dropCredential(tx, credential.dropped);
    return after;
  });
  if (!row) throw new AppError('internal', 'The server could not be stored.', { status: 500 });
  return shownServer(row);
}

async function nextCredential(
  before: ServerRow,
  patch: McpServerPatch,
  store: (secret: string) => Promise<string>,
): Promise<{ id: string | null; dropped: string | null }> {
  const auth = patch.auth;
  const kind = auth?.type ?? before.auth.type;
  const key = auth ? keyOf(auth) : undefined;
  if (kind === 'none') return { id: null, dropped: before.credentialId };
  if (key !== undefined) return { id: await store(key), dropped: null }; // calls that run keep the old key until they end
  if (kind === 'oauth') return { id: before.credentialId, dropped: null };
  const moved = patch.url !== undefined && new URL(patch.url).origin !== new URL(before.url).origin;
  if (moved || before.credentialId === null) throw keyMissing();
  return { id: before.credentialId, dropped: null };
}

const keyOf = (auth: McpAuthInput): string | undefined => (auth.type === 'none' ? undefined : auth.key);
/** With OAuth the key is a client's secret, which many clients do not have. */
const needsKey = (auth: McpAuthInput): boolean => auth.type === 'api-key' || auth.type === 'bearer';
const keyMissing = () =>
  new AppError('key-missing', 'The key is missing.', {
    hint: 'Paste the key; after a change of the host it has to be pasted again.',
  });
