import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '#src/lib/app-error.ts';
import { placeholderNames } from '#src/lib/mcp/config-file/placeholders.ts';
import { withApi } from '#src/server/cli/api-client.ts';
import { askedFrom } from '#src/server/cli/asked-from.ts';
import type { Command } from '#src/server/cli/command.ts';

const importedSchema = z.object({
  created: z.array(z.object({ name: z.string(), ok: z.boolean(), tools: z.number() })),
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
});

/**
 * `patchbay server import FILE`: adds the servers of `mcp.json`, of an `mcp` block or of an export. Placeholders such as
 * `${TILL_KEY}` are filled from the environment of the command; 1 when something could not be taken over.
 */
export const serverImportCommand: Command = {
  words: ['server', 'import'],
  usage: 'server import FILE',
  summary: 'adds the servers of mcp.json, an mcp block or an export',
  run: async ([file], home) => {
    if (file === undefined)
      throw new AppError('usage', 'Which file is to be imported?', { hint: 'patchbay server import FILE' });
    const text = read(file);
    const values = Object.fromEntries(
      placeholderNames(text).flatMap((name) => {
        const value = process.env[name];
        return value === undefined ? [] : [[name, value]];
      }),
    );
    const answer = await withApi(home, (ask) => ask('POST', '/mcp-servers/import', { text, values }));
    const { created, problems } = importedSchema.parse(JSON.parse(answer));
    for (const { name, ok, tools } of created)
      console.log(ok ? `✓ ${name}, tools: ${tools}` : `✗ ${name}: added, but its handshake failed`);
    for (const { path, message } of problems) console.log(`! ${path ? `${path}: ` : ''}${message}`);
    return problems.length === 0 && created.every(({ ok }) => ok) ? 0 : 1;
  },
};

function read(file: string): string {
  try {
    return readFileSync(path.resolve(askedFrom(), file), 'utf8');
  } catch (cause) {
    throw new AppError('no-file', `${file} cannot be read.`, { cause, hint: 'Check the name of the file.' });
  }
}
