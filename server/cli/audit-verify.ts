import type { Command } from '#src/server/cli/command.ts';
import { connectToLocalDatabase } from '#src/server/cli/local-instance.ts';

/** `patchbay audit verify`: checks the hash chain of every call's log. */
export const auditVerifyCommand: Command = {
  words: ['audit', 'verify'],
  usage: 'audit verify',
  summary: 'checks that no call log was changed',
  run: async (_args, home) => {
    connectToLocalDatabase(home);
    const { verifyAllCalls } = await import('#src/server/calls/verify-calls.ts');
    const { closeConnection } = await import('#src/server/db/connection.ts');
    try {
      const { calls, events, broken } = await verifyAllCalls();
      for (const bad of broken) console.log(`${bad.callId}: event ${bad.seq}, ${bad.reason}`);
      console.log(`${calls} calls, ${events} events, ${broken.length} broken`);
      return broken.length === 0 ? 0 : 1;
    } finally {
      await closeConnection();
    }
  },
};
