import { eq } from 'drizzle-orm';
import { AppError } from '#src/lib/app-error.ts';
import {
  type McpAuth,
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
import { forgetGrant } from '#src/server/mcp/oauth/stored-grant.ts';
import { findServer, type ServerRow, shownServer, storedAuth } from '#src/server/mcp/server-rows.ts';
import { dropCredential, storeCredential } from '#src/server/secrets/credentials.ts';

/** The key before a change serves this long when the new one is refused: a server may take it over later than we do. */
const overlapMs = 24 * 60 * 60_000;

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
        afterCall: input.afterCall ?? null,
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
        ...(patch.afterCall === undefined ? {} : { afterCall: patch.afterCall }),
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
        auth: nextAuth(before, patch, credential.id !== null),
        credentialId: credential.id,
        previousCredentialId: credential.previous?.id ?? null,
        previousUntil: credential.previous?.until ?? null,
        ...(patch.url === undefined && patch.auth === undefined ? {} : { state: null, era: null }),
      })
      .where(eq(mcpServers.id, serverId))
      .returning();
    for (const old of [before.credentialId, before.previousCredentialId])
      if (old !== null && old !== credential.id && old !== credential.previous?.id) await dropCredential(tx, old);
    if (!after || keepsGrant(before, after)) return after;
    await forgetGrant(tx, serverId);
    return findServer(tx, serverId);
  });
  if (!row) throw new AppError('internal', 'The server could not be stored.', { status: 500 });
  return shownServer(row);
}

type NextCredential = { id: string | null; previous: { id: string; until: Date } | null };

async function nextCredential(
  before: ServerRow,
  patch: McpServerPatch,
  store: (secret: string) => Promise<string>,
): Promise<NextCredential> {
  const auth = patch.auth;
  const kind = auth?.type ?? before.auth.type;
  const key = auth ? keyOf(auth) : undefined;
  const moved =
    patch.url !== undefined && before.url !== '' && new URL(patch.url).origin !== new URL(before.url).origin;
  const { credentialId, previousCredentialId, previousUntil } = before;
  // A key goes neither to another host nor into another kind of check.
  const stays = !moved && kind === before.auth.type;
  if (kind === 'none') return { id: null, previous: null };
  if (key !== undefined) {
    const until = new Date(Date.now() + overlapMs);
    return { id: await store(key), previous: stays && credentialId !== null ? { id: credentialId, until } : null };
  }
  const previous =
    stays && previousCredentialId !== null && previousUntil !== null
      ? { id: previousCredentialId, until: previousUntil }
      : null;
  if (kind === 'oauth') return { id: stays ? credentialId : null, previous };
  if (!stays || credentialId === null) throw keyMissing();
  return { id: credentialId, previous };
}

/** The sign-in of a server stays while it is the same client at the same host. */
function keepsGrant(before: ServerRow, after: ServerRow): boolean {
  if (after.auth.type !== 'oauth' || before.auth.type !== 'oauth') return after.auth.type !== 'oauth';
  const sameClient = before.auth.clientId === after.auth.clientId && before.auth.grant === after.auth.grant;
  return sameClient && originOf(before.url) === originOf(after.url);
}

function nextAuth(before: ServerRow, patch: McpServerPatch, hasKey: boolean): McpAuth {
  const next = patch.auth ? storedAuth(patch.auth, hasKey) : before.auth;
  if (next.type === 'none') return next;
  if (next.type !== 'oauth' || before.auth.type !== 'oauth') return { ...next, hasKey };
  return { ...next, hasKey, connected: before.auth.connected };
}

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');
const keyOf = (auth: McpAuthInput): string | undefined => (auth.type === 'none' ? undefined : auth.key);
/** With OAuth the key is a client's secret, which many clients do not have. */
const needsKey = (auth: McpAuthInput): boolean => auth.type === 'api-key' || auth.type === 'bearer';
const keyMissing = () =>
  new AppError('key-missing', 'The key is missing.', {
    hint: 'Paste the key; after a change of the host it has to be pasted again.',
  });
