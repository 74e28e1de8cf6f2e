import { AppError } from '#src/lib/app-error.ts';
import type { Command } from '#src/server/cli/command.ts';
import { secretKey } from '#src/server/supervisor/secret-key.ts';

/** `patchbay migrate`: for production without the supervisor. Prints the address for the application's role, alone on stdout. */
export const migrateCommand: Command = {
  words: ['migrate'],
  usage: 'migrate',
  summary: 'brings DATABASE_URL to the newest schema; prints PATCHBAY_APP_DATABASE_URL',
  run: async (_args, home) => {
    const owner = process.env.DATABASE_URL;
    if (!owner)
      throw new AppError('usage', 'DATABASE_URL is not set.', {
        hint: 'Set it to a role that may create roles and tables. `npm start` needs no migrate.',
      });
    const { migrateDatabase } = await import('#src/server/db/migrate.ts');
    const { app } = await migrateDatabase(owner, secretKey(home, process.env));
    console.log(app);
    return 0;
  },
};
