import { z } from 'zod';
import { afterCallPlanSchema } from '#src/lib/mcp/after-call-plan.ts';
import { jsonSchemaSchema } from '#src/lib/mcp/tool-definition.ts';

/** What a person pastes as a key often carries white space, quotes or the name of its scheme round it. */
export function cleanKey(pasted: string): string {
  const bare = pasted.replace(/^[\s\u200b-\u200d\u2060]+|[\s\u200b-\u200d\u2060]+$/gu, '');
  const inner = bare
    .replace(/^(["'`])(.*)\1$/su, '$2')
    .replace(/^[\u201c\u201e\u2018\u201a](.*)[\u201c\u201d\u2018\u2019]$/su, '$1')
    .replace(/^(?:authorization\s*:\s*)?bearer\s+/iu, '');
  return inner === pasted ? inner : cleanKey(inner);
}

const keySchema = z
  .string()
  .transform(cleanKey)
  .pipe(
    z
      .string()
      .min(1, 'The key is empty.')
      .max(8192, 'The key is longer than 8,192 characters.')
      .regex(
        /^[\x21-\x7e]+$/,
        'The key has a space or an unusual character in it. Copy it again, without line breaks.',
      ),
  );

const headerName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'A header name has no spaces.');

const oauthGrantSchema = z.enum(['authorization-code', 'client-credentials']);

/** How a server checks who we are. The key is write-only: it is stored encrypted and never read back. */
export const mcpAuthInputSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('none') }),
  z.object({
    type: z.literal('api-key'),
    in: z.enum(['header', 'query']).default('header'),
    name: headerName.default('x-api-key'),
    /** Left out on an edit: the stored key stays. */
    key: keySchema.optional(),
  }),
  z.object({ type: z.literal('bearer'), key: keySchema.optional() }),
  z.object({
    type: z.literal('oauth'),
    grant: oauthGrantSchema.default('authorization-code'),
    /** Of a client registered beforehand; left out, the client is registered or named by its metadata document. */
    clientId: z.string().trim().max(2048).optional(),
    /** The client's secret, where it has one; write-only. */
    key: keySchema.optional(),
    /** What the operator wants asked for; empty: what the server's challenge names. */
    scopes: z.array(z.string().trim().min(1)).default([]),
  }),
]);
export type McpAuthInput = z.infer<typeof mcpAuthInputSchema>;

/** The same as it may be shown: no key, only whether there is one. */
export const mcpAuthSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('none') }),
  z.object({ type: z.literal('api-key'), in: z.enum(['header', 'query']), name: z.string(), hasKey: z.boolean() }),
  z.object({ type: z.literal('bearer'), hasKey: z.boolean() }),
  z.object({
    type: z.literal('oauth'),
    grant: oauthGrantSchema,
    clientId: z.string().optional(),
    /** A client secret is stored. */
    hasKey: z.boolean(),
    scopes: z.array(z.string()),
    /** Tokens are stored: someone has signed in. */
    connected: z.boolean(),
  }),
]);
export type McpAuth = z.infer<typeof mcpAuthSchema>;

export const transports = ['streamable-http', 'sse', 'stdio', 'rest'] as const;

/** A program on this machine that speaks MCP on its standard streams. Only where the machine's operator allows it. */
export const stdioSchema = z.object({
  command: z.string().trim().min(1, 'Give the program to start.').max(1024),
  args: z.array(z.string().max(8192)).max(100).default([]),
  /** One process for a whole call, or a fresh one for each tool call. */
  session: z.enum(['per-call', 'per-tool-call']).default('per-call'),
});

/** One tool of a server that speaks the plain REST dialect, as the operator mapped it. */
export const restToolSchema = z.object({
  name: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'A tool name has letters, digits, _ and - only.'),
  description: z.string().max(4096).default(''),
  /** Where it is sent: `POST /query` reads, `POST /action` does. */
  endpoint: z.enum(['query', 'action']),
  /** The fixed text of the query, or the name of the action. Null: only `{params}` is sent, to a server that is the tool. */
  text: z.string().max(8192).nullable().default(null),
  inputSchema: jsonSchemaSchema.default({ type: 'object', properties: {} }),
});
export type RestTool = z.infer<typeof restToolSchema>;

export const restSchema = z.object({
  tools: z.array(restToolSchema).max(200).default([]),
  /** `{method, params: {query, args}}` instead of `{query, params}`. */
  enveloped: z.boolean().default(false),
  /** The raw `query` and `action` tools are offered to assistants too; an admin's choice. */
  rawForAssistants: z.boolean().default(false),
});
export type RestDialect = z.infer<typeof restSchema>;

/** What a server may be asked, and how fast it has to be. */
export const serverLimitsSchema = z.object({
  /** Requests in a minute; null: no limit. */
  perMinute: z.number().int().min(1).max(100_000).nullable().default(null),
  /** Requests at once; null: no limit. */
  concurrent: z.number().int().min(1).max(1_000).nullable().default(null),
  /** What a tool of it should take in a live call; figures are held against it. */
  latencyBudgetMs: z.number().int().min(100).max(120_000).default(2_000),
  /** No tool of it may take longer, whatever its own time is; null: each tool's own time counts. */
  toolTimeoutMs: z.number().int().min(100).max(120_000).nullable().default(null),
  /** Its own instructions are told to the model of a call. They are a part of what is approved with each tool either way. */
  mayInstruct: z.boolean().default(true),
  /** What it tells by webhook during a call may be said to the caller. */
  maySpeak: z.boolean().default(false),
  /** The messages of its tool calls are kept in the log of a call, with secrets hidden. */
  keepMessages: z.boolean().default(true),
});
export type ServerLimits = z.infer<typeof serverLimitsSchema>;
export const defaultLimits: ServerLimits = serverLimitsSchema.parse({});

export const urlSchema = z
  .string()
  .trim()
  .max(2048)
  .refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url), 'This is not an http or https address.')
  .refine(
    (url) => URL.canParse(url) && !new URL(url).username && !new URL(url).password,
    'Put the key in its own field, not in the address.',
  );

const envSchema = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'A variable name has letters, digits and _.'),
  z.string().max(32_768),
);

const serverFields = z.object({
  name: z.string().trim().min(1, 'Give the server a name.').max(80),
  transport: z.enum(transports).default('streamable-http'),
  /** Left out for stdio. */
  url: urlSchema.optional(),
  stdio: stdioSchema.optional(),
  /** Variables of a stdio server; write-only, stored encrypted. Left out on an edit: they stay. */
  env: envSchema.optional(),
  rest: restSchema.optional(),
  auth: mcpAuthInputSchema.default({ type: 'none' }),
  phase: z.enum(['live', 'after-call']).default('live'),
  /** Of a server that runs after the call: its tool, and what of the call goes into which argument. */
  afterCall: afterCallPlanSchema.nullable().optional(),
  /** Non-empty: only these tools exist for us. Empty: all. Given when a server is added, its tools start allowed. */
  toolsFilter: z.array(z.string()).optional(),
  limits: serverLimitsSchema.default(defaultLimits),
  /** How often its health is looked at; null: never. */
  watchMinutes: z.number().int().min(1).max(1_440).nullable().default(15),
});

/** What adds a server. `command`, `args` beside `transport: "stdio"` are taken as `stdio`. */
export const mcpServerInputSchema = z.preprocess(
  flatStdio,
  serverFields.superRefine((server, context) => {
    if (server.transport === 'stdio' && !server.stdio)
      context.addIssue({ code: 'custom', path: ['stdio', 'command'], message: 'Give the program to start.' });
    if (server.transport !== 'stdio' && !server.url)
      context.addIssue({ code: 'custom', path: ['url'], message: 'This is not an http or https address.' });
  }),
);
/** As it is written: what has a default may be left out. */
export type McpServerInput = z.input<typeof serverFields>;

/** Fields without their defaults: what is left out stays as it is. The transport of a server does not change. */
export const mcpServerPatchSchema = z.preprocess(
  flatStdio,
  z
    .object({
      name: serverFields.shape.name,
      url: urlSchema,
      stdio: stdioSchema,
      env: envSchema,
      rest: restSchema,
      auth: mcpAuthInputSchema,
      phase: serverFields.shape.phase.unwrap(),
      afterCall: afterCallPlanSchema.nullable(),
      toolsFilter: z.array(z.string()),
      limits: serverLimitsSchema,
      watchMinutes: serverFields.shape.watchMinutes.unwrap(),
    })
    .partial(),
);
export type McpServerPatch = z.output<typeof mcpServerPatchSchema>;

/** `{command, args, session}` at the top, as configuration files write it, becomes `{stdio: {…}}`. */
function flatStdio(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('command' in value) || 'stdio' in value) return value;
  const { command, args, session, ...rest } = { args: undefined, session: undefined, ...value };
  return {
    ...rest,
    stdio: { command, ...(args === undefined ? {} : { args }), ...(session === undefined ? {} : { session }) },
  };
}

/** A resource, a resource template or a prompt, as the last handshake listed it. */
const offeredSchema = z.object({ name: z.string(), title: z.string().optional(), description: z.string().optional() });
export const serverOffersSchema = z.object({
  resources: z.array(offeredSchema.extend({ uri: z.string(), mimeType: z.string().optional() })).default([]),
  resourceTemplates: z
    .array(offeredSchema.extend({ uriTemplate: z.string(), mimeType: z.string().optional() }))
    .default([]),
  prompts: z
    .array(
      offeredSchema.extend({
        arguments: z
          .array(z.object({ name: z.string(), description: z.string().optional(), required: z.boolean().optional() }))
          .default([]),
      }),
    )
    .default([]),
});
export type ServerOffers = z.infer<typeof serverOffersSchema>;

/** A server as it is shown and answered. */
export const mcpServerSchema = z.object({
  id: z.string(),
  name: z.string(),
  transport: z.enum(transports),
  /** Empty for stdio. */
  url: z.string(),
  stdio: stdioSchema.nullable(),
  /** Names of the variables that are stored for a stdio server. */
  envNames: z.array(z.string()),
  rest: restSchema.nullable(),
  auth: mcpAuthSchema,
  phase: z.enum(['live', 'after-call']),
  afterCall: afterCallPlanSchema.nullable().optional(),
  toolsFilter: z.array(z.string()),
  limits: serverLimitsSchema,
  watchMinutes: z.number().int().nullable(),
  /** Of the newest handshake; null when none was made yet. */
  state: z.enum(['passed', 'failed']).nullable(),
  checkedAt: z.string().nullable(),
  createdAt: z.string(),
});
export type McpServer = z.infer<typeof mcpServerSchema>;
