import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { closeConnection, connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { mcpServers } from '#src/server/db/schema.ts';

afterAll(closeConnection);

test('every table with a team has forced row-level security and a policy for the application [V6]', async () => {
  const owner = postgres(process.env.DATABASE_URL ?? '', { max: 1 });
  const tables = await owner<{ name: string; forced: boolean; policies: number }[]>`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
      (select count(*)::int from pg_policies p where p.tablename = c.relname and 'patchbay_app' = any(p.roles)) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r'
      and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'team_id')`;
  const withoutTeam = await owner<{ name: string }[]>`
    select table_name as name from information_schema.tables t where table_schema = 'public' and table_type = 'BASE TABLE'
      and not exists (select 1 from information_schema.columns c where c.table_schema = 'public' and c.table_name = t.table_name and c.column_name = 'team_id')`;
  await owner.end();
  expect(tables.length).toBeGreaterThan(10);
  expect(tables.filter((table) => !table.forced || table.policies === 0)).toEqual([]);
  // A new table without a team is a decision: name it here, with sign-in's own.
  expect(withoutTeam.map((row) => row.name).sort()).toEqual(
    ['account', 'instance', 'invitation', 'member', 'organization', 'session', 'user', 'verification'].sort(),
  );
});

test('the application sees nothing without a team, and nothing of another team [V6]', async () => {
  const row = {
    transport: 'streamable-http',
    url: 'https://a.example',
    auth: { type: 'none' } as const,
    phase: 'live',
    toolsFilter: [],
  };
  const id = newId('srv');
  await forTeam('team-a', (tx) => tx.insert(mcpServers).values({ ...row, id, teamId: 'team-a', name: 'A' }));
  expect(await connection().db.select().from(mcpServers)).toEqual([]);
  expect(await forTeam('team-b', (tx) => tx.select().from(mcpServers))).toEqual([]);
  expect((await forTeam('team-a', (tx) => tx.select().from(mcpServers))).map((found) => found.id)).toContain(id);
  await expect(
    forTeam('team-b', (tx) => tx.insert(mcpServers).values({ ...row, id: newId('srv'), teamId: 'team-a', name: 'B' })),
  ).rejects.toMatchObject({ cause: { message: expect.stringContaining('row-level security') } });
});

test('the log cannot be changed by the application [V11]', async () => {
  await expect(forTeam('team-a', (tx) => tx.execute(sql`update call_events set type = 'x'`))).rejects.toMatchObject({
    cause: { message: expect.stringContaining('permission denied') },
  });
  await expect(forTeam('team-a', (tx) => tx.execute(sql`delete from call_events`))).rejects.toMatchObject({
    cause: { message: expect.stringContaining('permission denied') },
  });
});
