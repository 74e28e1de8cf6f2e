import { createHmac } from 'node:crypto';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

const folder = path.resolve(import.meta.dirname, '../../drizzle');

export type DatabaseUrls = {
  /** For the application: owns no table and passes no row-level policy. */
  app: string;
  /** For the demo MCP servers: sees only schemas of its own. */
  demo: string;
};

/**
 * Brings the database at `ownerUrl` to the newest schema and makes the roles that programs sign in with.
 * Two starts at once wait for each other.
 */
export async function migrateDatabase(ownerUrl: string, secretKey: Buffer): Promise<DatabaseUrls> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await sql`select pg_advisory_lock(727201)`;
    const app = await ensureRole(sql, 'patchbay_app', secretKey);
    const demo = await ensureRole(sql, 'patchbay_demo', secretKey);
    for (const schema of ['demo_pos', 'demo_bookings'])
      await sql.unsafe(`create schema if not exists ${schema} authorization patchbay_demo`);
    await migrate(drizzle(sql), { migrationsFolder: folder });
    return { app: urlFor(ownerUrl, 'patchbay_app', app), demo: urlFor(ownerUrl, 'patchbay_demo', demo) };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Makes a role that may sign in and nothing else; returns its password, derived so that nothing more is to be kept or lost. */
async function ensureRole(sql: postgres.Sql, role: string, secretKey: Buffer): Promise<string> {
  const password = createHmac('sha256', secretKey).update(`database role ${role}`).digest('hex').slice(0, 40);
  const known = await sql`select 1 from pg_roles where rolname = ${role}`;
  // Name and password are ours and plain: nothing in them needs quoting. DDL takes no parameters.
  await sql.unsafe(
    `${known.length ? 'alter' : 'create'} role ${role} login nosuperuser nobypassrls password '${password}'`,
  );
  const [self] = await sql`select quote_ident(current_user) as name`;
  // An owner that is no superuser must be a member to make schemas for the role; a superuser needs nothing.
  await sql.unsafe(`grant ${role} to ${String(self?.name)}`).catch(() => {});
  return password;
}

function urlFor(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
}
