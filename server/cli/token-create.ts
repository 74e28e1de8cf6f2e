import { parseArgs } from 'node:util';
import { AppError } from '#src/lib/app-error.ts';
import type { Command } from '#src/server/cli/command.ts';
import { connectToLocalDatabase } from '#src/server/cli/local-instance.ts';

/** `patchbay token create --name NAME`: an API token of the owner role, alone on stdout. */
export const tokenCreateCommand: Command = {
  words: ['token', 'create'],
  usage: 'token create --name NAME',
  summary: 'makes an API token of the owner role',
  run: async (args, home) => {
    const { values } = parseArgs({ args: [...args], options: { name: { type: 'string' } }, strict: false });
    const name = typeof values.name === 'string' ? values.name.trim() : '';
    if (name === '')
      throw new AppError('usage', 'The token needs a name.', { hint: 'patchbay token create --name NAME' });
    connectToLocalDatabase(home);
    const { createApiToken } = await import('#src/server/teams/api-tokens.ts');
    const { demoTeam } = await import('#src/server/teams/demo-team.ts');
    const { closeConnection } = await import('#src/server/db/connection.ts');
    try {
      const { token } = await createApiToken(
        { teamId: demoTeam.id, role: 'owner', name: 'command line', userId: null },
        { name, role: 'owner' },
      );
      console.log(token);
    } finally {
      await closeConnection();
    }
    return 0;
  },
};
