import type { AuthKind } from '#src/components/servers/auth-fields.tsx';
import {
  type McpServer,
  type McpServerInput,
  mcpServerInputSchema,
  type RestDialect,
} from '#src/lib/mcp/mcp-server.ts';

type Held = {
  server: McpServer | null;
  transport: McpServer['transport'];
  kind: AuthKind;
  key: string;
  rest: RestDialect;
};

/** What the form says, checked: the input to save, or a sentence for each field that is wrong (by its path). */
export function readServerForm(
  form: FormData,
  held: Held,
): { ok: true; input: McpServerInput } | { ok: false; errors: Record<string, string> } {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const number = (name: string, unit = 1) => (text(name) === '' ? null : Math.round(Number(text(name)) * unit));
  const env = readVariables(text('env'));
  if (!env.ok) return { ok: false, errors: { env: env.problem } };
  const input = {
    name: text('name'),
    transport: held.transport,
    ...(held.transport === 'stdio'
      ? {
          stdio: {
            command: text('command'),
            args: String(form.get('args') ?? '')
              .split('\n')
              .map((line) => line.trim())
              .filter((line) => line !== ''),
            session: text('session') || undefined,
          },
          ...(Object.keys(env.variables).length > 0 ? { env: env.variables } : {}),
        }
      : { url: text('url'), auth: authOf(text, held) }),
    ...(held.transport === 'rest' ? { rest: held.rest } : {}),
    phase: text('phase') || undefined,
    limits: {
      perMinute: number('perMinute'),
      concurrent: number('concurrent'),
      latencyBudgetMs: number('budget', 1000) ?? undefined,
      toolTimeoutMs: number('toolTimeout', 1000),
      mayInstruct: form.has('mayInstruct'),
      maySpeak: form.has('maySpeak'),
      keepMessages: form.has('keepMessages'),
    },
    watchMinutes: number('watch'),
    ...(held.server ? { toolsFilter: held.server.toolsFilter } : {}),
  };
  const parsed = mcpServerInputSchema.safeParse(input);
  if (parsed.success) return { ok: true, input: parsed.data };
  return {
    ok: false,
    errors: Object.fromEntries(
      parsed.error.issues.flatMap((issue) => [
        [issue.path.join('.'), issue.message],
        [String(issue.path[0] ?? ''), issue.message],
      ]),
    ),
  };
}

function authOf(text: (name: string) => string, { server, kind, key }: Held): unknown {
  const stored = server?.auth;
  const keeps = key === '' && stored?.type === kind && stored.type !== 'none' && stored.hasKey;
  const secret = keeps || (kind === 'oauth' && key === '') ? {} : { key };
  if (kind === 'none') return { type: 'none' };
  if (kind === 'bearer') return { type: 'bearer', ...secret };
  if (kind === 'oauth')
    return {
      type: 'oauth',
      grant: text('grant') || undefined,
      ...(text('clientId') === '' ? {} : { clientId: text('clientId') }),
      scopes: text('scopes').split(/\s+/).filter(Boolean),
      ...secret,
    };
  return { type: 'api-key', in: text('in') || undefined, name: text('header') || undefined, ...secret };
}

function readVariables(text: string): { ok: true; variables: Record<string, string> } | { ok: false; problem: string } {
  const variables: Record<string, string> = {};
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const at = line.indexOf('=');
    if (at < 1) return { ok: false, problem: 'Write NAME=value, one a line.' };
    variables[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  return { ok: true, variables };
}
