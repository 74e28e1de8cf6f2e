import { AppError } from '#src/lib/app-error.ts';
import type { Command } from '#src/server/cli/command.ts';
import { connectToLocalDatabase } from '#src/server/cli/local-instance.ts';
import { runningInstance } from '#src/server/supervisor/instance-file.ts';

/** `patchbay setup-link`: a fresh one-time link for the owner's account, while there is none. */
export const setupLinkCommand: Command = {
  words: ['setup-link'],
  usage: 'setup-link',
  summary: "prints a fresh link to make the owner's account",
  run: async (_args, home) => {
    if (runningInstance(home)) connectToLocalDatabase(home); // else the settings of production are in the environment
    const { config } = await import('#src/server/config.ts');
    const { ensureDemoTeam, issueSetupToken } = await import('#src/server/teams/demo-team.ts');
    const { closeConnection } = await import('#src/server/db/connection.ts');
    try {
      await ensureDemoTeam();
      const token = await issueSetupToken();
      if (!token)
        throw new AppError('set-up-done', 'There is an account already.', {
          hint: 'Sign in, or ask an owner for an invitation.',
        });
      console.log(`${config().publicUrl}/setup?token=${token}`);
    } finally {
      await closeConnection();
    }
    return 0;
  },
};
