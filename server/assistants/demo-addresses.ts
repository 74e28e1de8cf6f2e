import { and, eq, sql } from 'drizzle-orm';
import { config } from '#src/server/config.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { mcpServers } from '#src/server/db/schema.ts';

/** The demo servers may listen on other ports than last time: their addresses follow. */
export async function refreshDemoAddresses(teamId: string): Promise<void> {
  const { demo } = config();
  if (!demo) return;
  await forTeam(teamId, async (tx) => {
    for (const [phase, kind, url] of [
      ['live', 'api-key', demo.posUrl],
      ['live', 'bearer', demo.bookingsUrl],
      ['after-call', 'api-key', demo.sheetUrl],
    ] as const)
      await tx
        .update(mcpServers)
        .set({ url })
        .where(and(eq(mcpServers.demo, true), eq(mcpServers.phase, phase), sql`${mcpServers.auth}->>'type' = ${kind}`));
  });
}
