import { eq } from 'drizzle-orm';
import { refreshDemoAddresses } from '#src/server/assistants/demo-addresses.ts';
import { closeConnection, connection } from '#src/server/db/connection.ts';
import { instance } from '#src/server/db/schema.ts';
import { demoTeam, ensureDemoTeam, issueSetupToken } from '#src/server/teams/demo-team.ts';

const seeded = 'demo-seeded';

/**
 * What the first start makes: the team, the demo servers and Luigi, as soon as `demosUp`. Later starts wait for nothing. Answers with a
 * set-up token while there is no account.
 */
export async function firstStart(demosUp: Promise<unknown>): Promise<string | null> {
  try {
    const { db } = connection();
    await ensureDemoTeam();
    const [done] = await db.select().from(instance).where(eq(instance.key, seeded));
    if (done) await refreshDemoAddresses(demoTeam.id);
    else {
      await demosUp;
      // Only now: it brings half of the server along.
      const { seedDemo } = await import('#src/server/assistants/seed-demo.ts');
      await seedDemo(demoTeam.id);
      await db.insert(instance).values({ key: seeded, value: new Date().toISOString() }).onConflictDoNothing();
    }
    return await issueSetupToken();
  } finally {
    await closeConnection();
  }
}
