import { withApi } from '#src/server/cli/api-client.ts';
import type { Command } from '#src/server/cli/command.ts';

/** `patchbay server export`: all servers with their policies as one file, alone on stdout. No secret is in it. */
export const serverExportCommand: Command = {
  words: ['server', 'export'],
  usage: 'server export',
  summary: 'prints all servers as a file that can be imported',
  run: async (_args, home) => {
    process.stdout.write(await withApi(home, (ask) => ask('GET', '/mcp-servers/export')));
    return 0;
  },
};
