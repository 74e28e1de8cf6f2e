/**
 * One scenario of the official conformance suite, run on Patchbay's own client: the address is the last argument, the scenario
 * is in the environment. It lists what the server has, calls its tools, signs in where it has to, and answers questions.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { formField } from '#src/lib/json-schema/form-field.ts';
import { initialValue } from '#src/lib/json-schema/initial-value.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import type { AskPerson, McpSession } from '#src/server/mcp/mcp-session.ts';
import { authorizeAsClient, beginAuthorization, redeemCode } from '#src/server/mcp/oauth/authorize.ts';
import { discover } from '#src/server/mcp/oauth/discover.ts';
import { grantTokens } from '#src/server/mcp/oauth/grant-tokens.ts';
import { type Challenge, oauthFetch } from '#src/server/mcp/oauth/oauth-fetch.ts';
import type { GrantStore, OAuthGrant } from '#src/server/mcp/oauth/oauth-grant.ts';
import { oauthHttp } from '#src/server/mcp/oauth/oauth-http.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import type { ServerAccess } from '#src/server/mcp/server-access.ts';

// The settings that the guard reads; none of the rest is used.
Object.assign(process.env, {
  LIVEKIT_URL: 'ws://127.0.0.1:1',
  LIVEKIT_API_KEY: 'none',
  LIVEKIT_API_SECRET: 'none',
  PATCHBAY_APP_DATABASE_URL: 'postgres://127.0.0.1:1/none',
  PATCHBAY_SECRET_KEY: Buffer.alloc(32).toString('base64'),
  SPEECH_TOKEN: 'none',
});

const contextSchema = z.object({
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  toolCalls: z.array(z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) })).optional(),
});
const scenario = process.env.MCP_CONFORMANCE_SCENARIO ?? '';
const context = contextSchema.parse(JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}'));
const legacy = (process.env.MCP_CONFORMANCE_PROTOCOL_VERSION ?? '') < '2026-07-28';
const url = process.argv.at(-1) ?? '';

const session = await openMcpSession({
  server: { url, auth: { type: 'none' }, era: legacy ? 'legacy' : null },
  access: oauthAccess(),
  ask: agreeToTheForm,
});
try {
  const tools = await session.listTools();
  for (const { name, args } of wantedCalls(tools)) await callOne(session, name, args);
} finally {
  await session.close();
}

function wantedCalls(tools: ToolDefinition[]): { name: string; args: Record<string, unknown> }[] {
  if (context.toolCalls) return context.toolCalls.map((call) => ({ name: call.name, args: call.arguments }));
  return tools.map(({ name, inputSchema }) => ({
    name,
    // This tool wants to see what became of the schema of the other one.
    args: name === 'json_schema_echo' ? { schema: tools[0]?.inputSchema ?? {} } : filledIn(inputSchema),
  }));
}

async function callOne(open: McpSession, name: string, args: Record<string, unknown>): Promise<void> {
  const result = await open.callTool(name, args, { timeoutMs: 15_000 });
  console.log(`${name}: ${result.isError ? 'error' : 'ok'}`);
}

/** The person who agrees to a form as it stands, with what is filled in. */
async function agreeToTheForm({ schema }: Parameters<AskPerson>[0]) {
  const answer = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));
  return { action: 'accept' as const, content: answer.parse(filledIn(schema)) };
}

/** What the form of the inspector starts with, and something in each field that is required. */
function filledIn(schema: Record<string, unknown>): Record<string, unknown> {
  const started = initialValue(formField(schema));
  const value: Record<string, unknown> = { ...z.record(z.string(), z.unknown()).catch({}).parse(started) };
  const { properties, required } = z
    .object({
      properties: z.record(z.string(), z.object({ type: z.unknown() }).loose()).catch({}),
      required: z.array(z.string()).catch([]),
    })
    .parse({ properties: schema.properties ?? {}, required: schema.required ?? [] });
  for (const name of required) {
    const type = properties[name]?.type;
    if (value[name] !== undefined && value[name] !== '') continue;
    value[name] = type === 'number' || type === 'integer' ? 1 : type === 'boolean' ? true : 'x';
  }
  return value;
}

/** OAuth as for a stored server, with a grant in memory and a person who agrees at once. */
function oauthAccess(): ServerAccess {
  const fetch = oauthHttp();
  const given = { clientId: context.client_id, secret: context.client_secret ?? null };
  const us = {
    redirectUri: 'http://localhost:3000/oauth/callback',
    metadataUrl: 'https://conformance-test.local/client-metadata.json',
    name: 'Patchbay',
    uri: 'http://localhost:3000',
  };
  const signIn = async (challenge: Challenge, grant: OAuthGrant | null): Promise<OAuthGrant> => {
    // The operator chooses all that the server offers, where its challenge names nothing.
    const scopes = challenge.scope ? [] : (await discover(fetch, url, challenge)).resourceScopes;
    const o = { fetch, serverUrl: url, scopes, given, us, challenge, grant };
    if (scenario.startsWith('auth/client-credentials')) return authorizeAsClient(o);
    const state = randomBytes(16).toString('hex');
    const begun = await beginAuthorization({ ...o, state });
    const answer = await globalThis.fetch(begun.url, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? 'about:blank').searchParams;
    if (back.get('state') !== state) throw new Error('The state is another one.');
    const iss = back.get('iss') ?? undefined;
    return redeemCode(fetch, begun.pending, { code: back.get('code') ?? '', iss }, given);
  };
  const tokens = grantTokens({ store: inMemory(), fetch, serverUrl: url, given: async () => given, signIn });
  return { wrap: (inner, serverUrl) => oauthFetch(inner, serverUrl, tokens), secrets: tokens.seen };
}

function inMemory(): GrantStore {
  let grant: OAuthGrant | null = null;
  return {
    id: 'memory',
    read: async () => grant,
    change: async (work) => {
      grant = await work(grant);
      return grant;
    },
  };
}
