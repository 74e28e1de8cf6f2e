import { state } from '#src/e2e/harness/state.ts';
import { connectToLocalDatabase } from '#src/server/cli/local-instance.ts';

/** The event log of the running instance, written to directly as a call's process does. */
export async function openInstanceDatabase() {
  connectToLocalDatabase(state().home);
  const { appendCallEvent } = await import('#src/server/calls/event-log.ts');
  const { closeConnection } = await import('#src/server/db/connection.ts');
  return { appendCallEvent, close: closeConnection };
}
