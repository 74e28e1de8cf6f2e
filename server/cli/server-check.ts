import { parseArgs } from 'node:util';
import { AppError } from '#src/lib/app-error.ts';
import type { HandshakeStep } from '#src/lib/mcp/handshake.ts';
import { applyCheckSettings } from '#src/server/cli/check-settings.ts';
import type { Command } from '#src/server/cli/command.ts';
import { connectToLocalDatabase } from '#src/server/cli/local-instance.ts';
import { runningInstance } from '#src/server/supervisor/instance-file.ts';

const usage =
  'server check URL [--key KEY] [--header NAME | --query NAME | --bearer] [--transport sse|rest|streamable-http] [--json]';

/** `patchbay server check URL`: the handshake ladder of an address, line by line; 1 when it fails. Nothing is stored. */
export const serverCheckCommand: Command = {
  words: ['server', 'check'],
  usage: 'server check URL [--key KEY]',
  summary: 'runs the handshake of an MCP server, step by step',
  run: async (args, home) => {
    const asked = readArguments(args);
    applySettings(home);
    const { checkEndpoint, endpointInputSchema } = await import('#src/server/mcp/check-endpoint.ts');
    const input = endpointInputSchema.safeParse(asked.input);
    if (!input.success)
      throw new AppError('usage', input.error.issues[0]?.message ?? 'This cannot be checked.', {
        hint: `patchbay ${usage}`,
      });
    const cancel = new AbortController();
    process.once('SIGINT', () => cancel.abort());
    const result = await checkEndpoint(input.data, {
      signal: cancel.signal,
      onStep: (step) => {
        if (!asked.json) console.log(stepLine(step));
      },
    });
    if (asked.json) console.log(JSON.stringify(result, null, 2));
    else console.log(result.ok ? `Passed in ${result.ms} ms.` : 'Failed.');
    return result.ok ? 0 : 1;
  },
};

function readArguments(args: readonly string[]): { input: unknown; json: boolean } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      header: { type: 'string' },
      query: { type: 'string' },
      bearer: { type: 'boolean' },
      transport: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const [url] = positionals;
  if (url === undefined) throw new AppError('usage', 'Which address is to be checked?', { hint: `patchbay ${usage}` });
  const { key, transport } = values;
  const name = values.query ?? values.header;
  const place = { in: values.query === undefined ? 'header' : 'query', ...(name === undefined ? {} : { name }) };
  const auth =
    key === undefined ? { type: 'none' } : values.bearer ? { type: 'bearer', key } : { type: 'api-key', key, ...place };
  return { input: { url, auth, ...(transport === undefined ? {} : { transport }) }, json: values.json === true };
}

const marks = { passed: '✓', failed: '✗', skipped: '–', 'not-run': ' ' } as const;

function stepLine({ name, state, ms, detail, error }: HandshakeStep): string {
  const line = `${marks[state]} ${name.padEnd(15)} ${state === 'skipped' ? ''.padStart(9) : `${ms.toFixed(1).padStart(6)} ms`}  ${detail ?? ''}`;
  if (!error) return line.trimEnd();
  const indent = ' '.repeat(18);
  const raw = error.raw ? [`${indent}---`, ...error.raw.split('\n').map((part) => indent + part)] : [];
  return [
    line.trimEnd(),
    `${indent}${error.message} (${error.code})`,
    ...(error.hint ? [indent + error.hint] : []),
    ...raw,
  ].join('\n');
}

/** A check needs the rules of this installation and nothing else of it: it works while Patchbay does not run, too. */
function applySettings(home: string): void {
  if (runningInstance(home)) connectToLocalDatabase(home);
  else applyCheckSettings();
}
