import { z } from 'zod';
import { AppError } from '#src/lib/app-error.ts';
import { callFilterNames, callFilterSchema } from '#src/lib/calls/call-filter.ts';
import { type ListedCall, listedCallSchema } from '#src/lib/calls/listed-call.ts';
import { durationWords } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';
import { withApi } from '#src/server/cli/api-client.ts';
import type { Command } from '#src/server/cli/command.ts';

const pageSchema = z.object({ items: z.array(listedCallSchema), next: z.string().nullable() });
const known = [...callFilterNames, 'before', 'limit'];

/** `patchbay call list --since day --flag any --q "two pizzas"`: calls by the filters of the list, newest first, one a line. */
export const callListCommand: Command = {
  words: ['call', 'list'],
  usage: 'call list [--FILTER VALUE …]',
  summary: 'calls, newest first; filters as on the page: --since day, --flag any, --failedTool NAME, --q WORDS',
  run: async (args, home) => {
    const query = callListQuery(args);
    const text = await withApi(home, (ask) => ask('GET', `/calls?${query}`));
    const { items, next } = pageSchema.parse(JSON.parse(text));
    for (const call of items) console.log(line(call));
    if (next !== null) console.error(`There are more: --before ${next}`);
    return 0;
  },
};

/** The query of the REST interface for what stands on the command line. Throws `unknown-option` and `invalid-input`. */
export function callListQuery(args: readonly string[]): URLSearchParams {
  const query = new URLSearchParams({ limit: '20' });
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i]?.replace(/^--/, '') ?? '';
    const value = args[i + 1];
    if (!args[i]?.startsWith('--') || !known.includes(name) || value === undefined)
      throw new AppError('unknown-option', `“${args[i]}” is no filter with a value.`, {
        hint: `There are: ${known.map((one) => `--${one}`).join(' ')}.`,
      });
    query.set(name, value);
  }
  const { success, error } = callFilterSchema.safeParse(Object.fromEntries(query));
  if (!success)
    throw new AppError('invalid-input', `--${error.issues[0]?.path.join('.')}: ${error.issues[0]?.message}`);
  return query;
}

function line(call: ListedCall): string {
  return [
    call.id,
    call.placedAt,
    call.status.padEnd(6),
    call.durationMs === null ? '-' : durationWords(call.durationMs),
    visibleText(call.caller.name),
    visibleText(call.assistantName),
    ...(call.flags.length > 0 ? [call.flags.join(' ')] : []),
    ...(call.moment ? [`“${visibleText(call.moment.parts.map(({ text }) => text).join(''))}”`] : []),
  ].join('  ');
}
