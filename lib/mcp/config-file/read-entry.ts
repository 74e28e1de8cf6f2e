import { z } from 'zod';
import { authOfHeaders, authOfUrl } from '#src/lib/mcp/config-file/auth-of-headers.ts';
import {
  type ConfigProblem,
  type ConfiguredServer,
  type Entry,
  policyPatchSchema,
} from '#src/lib/mcp/config-file/configured-server.ts';
import { filled, type Values } from '#src/lib/mcp/config-file/placeholders.ts';
import { mcpServerInputSchema } from '#src/lib/mcp/mcp-server.ts';

const text = z.string();
const texts = z.record(text, z.coerce.string());
const writtenSchema = z
  .object({
    name: text,
    type: text,
    transport: text,
    url: text,
    serverUrl: text,
    httpUrl: text,
    command: text,
    args: z.array(text),
    env: texts,
    headers: texts,
    session: text,
    disabled: z.boolean(),
    tools_filter: z.array(text).nullable(),
    toolsFilter: z.array(text).nullable(),
    auth: z.record(text, z.unknown()),
    phase: z.unknown(),
    limits: z.unknown(),
    watchMinutes: z.unknown(),
    rest: z.unknown(),
    policies: z.record(text, policyPatchSchema),
  })
  .partial();
type Written = z.infer<typeof writtenSchema>;
type Reading = {
  fill: (value: string) => string;
  problem: (at: string, message: string) => void;
};

/** Turns one server of a file into what adds a server; null, with the reasons, where that is not possible. */
export function readEntry(
  entry: Entry,
  values: Values,
): { server: ConfiguredServer | null; problems: ConfigProblem[]; needs: string[] } {
  const problems: ConfigProblem[] = [];
  const needs = new Set<string>();
  const problem = (at: string, message: string) =>
    void problems.push({ path: at ? `${entry.path}.${at}` : entry.path, message });
  const fill = (value: string) => filled(value, values, (name) => void needs.add(name));
  const server = read(entry, needs, { fill, problem });
  return { server, problems, needs: [...needs] };
}

function read(entry: Entry, needs: ReadonlySet<string>, reading: Reading): ConfiguredServer | null {
  const { problem } = reading;
  const parsed = writtenSchema.safeParse(entry.value);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues.slice(0, 5)) problem(path.join('.'), message);
    return null;
  }
  const written = parsed.data;
  if (written.disabled) {
    problem('disabled', 'It is switched off in the file, and left out.');
    return null;
  }
  const input = written.command === undefined ? remote(entry, written, reading) : local(written, reading);
  if (needs.size > 0) {
    problem('', `It needs a value for ${[...needs].join(', ')}, and is left out until there is one.`);
    return null;
  }
  const filter = written.tools_filter ?? written.toolsFilter ?? (entry.kind === 'block' ? [] : undefined);
  const { phase, limits, watchMinutes, rest } = written;
  const checked = mcpServerInputSchema.safeParse({
    name: (written.name ?? entry.name ?? nameOf(written)).trim().slice(0, 80),
    ...input,
    ...given({ toolsFilter: filter }),
    ...(entry.kind === 'own' ? given({ phase, limits, watchMinutes, rest }) : {}),
  });
  if (checked.success) return { path: entry.path, input: checked.data, policies: written.policies ?? {} };
  // The messages of the schema name what is wrong, never the value.
  for (const { path, message } of checked.error.issues.slice(0, 5)) problem(path.join('.'), message);
  return null;
}

function local(written: Written, { fill }: Reading): Record<string, unknown> {
  return {
    transport: 'stdio',
    stdio: {
      command: fill(written.command ?? ''),
      args: (written.args ?? []).map(fill),
      ...given({ session: written.session }),
    },
    ...given({ env: written.env && filledAll(written.env, fill) }),
  };
}

function remote(entry: Entry, written: Written, { fill, problem }: Reading): Record<string, unknown> {
  const url = fill(written.url ?? written.serverUrl ?? written.httpUrl ?? '');
  const transport = transportOf(written, url);
  if (entry.kind === 'own') return { transport, url, ...given({ auth: written.auth && ownAuth(written.auth, fill) }) };
  const { auth, left } = authOfHeaders(filledAll(written.headers ?? {}, fill));
  for (const header of left) problem(`headers.${header}`, 'This header is left out: a server has one key.');
  const inUrl = auth.type === 'none' ? authOfUrl(url) : null;
  return { transport, url: inUrl?.url ?? url, auth: inUrl?.auth ?? auth };
}

function transportOf({ type, transport }: Written, url: string): 'streamable-http' | 'sse' | 'rest' {
  const said = type ?? transport ?? '';
  if (said === 'rest') return 'rest';
  // Files without a type tell the old transport by its usual path.
  return said === 'sse' || (said === '' && /\/sse\/?$/.test(url)) ? 'sse' : 'streamable-http';
}

const ownAuth = (auth: Record<string, unknown>, fill: (value: string) => string): Record<string, unknown> =>
  typeof auth.key === 'string' ? { ...auth, key: fill(auth.key) } : auth;

/** Without a name in the file: that of the package, the program or the host. */
function nameOf({ command, args = [], url }: Written): string {
  const called = args
    .flatMap((arg) => arg.split(/[\\/]/))
    .find((part) => /^[\w.-]*(mcp|server)[\w.-]*(@[\w.]+)?$/i.test(part));
  if (called) return called.replace(/@[\w.]+$/, '').replace(/^(mcp-)?server-/, '');
  if (command) return command.split(/[\\/]/).at(-1) ?? command;
  return url && URL.canParse(url) ? new URL(url).hostname : 'Imported server';
}

const filledAll = (all: Record<string, string>, fill: (value: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, fill(value)]));

/** Only what is there: a field that is left out takes its default. */
const given = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
