import { createHmac } from 'node:crypto';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

const folder = path.resolve(import.meta.dirname, '../../drizzle');

/**
 * Brings the database at `ownerUrl` to the newest schema and makes the application's role.
 * Returns the address for that role, which owns no table and passes no row-level policy. Two starts at once wait for each other.
 */
export async function migrateDatabase(ownerUrl: string, secretKey: Buffer): Promise<string> {
  const password = appPassword(secretKey);
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await sql`select pg_advisory_lock(727201)`;
    const known = await sql`select 1 from pg_roles where rolname = 'patchbay_app'`;
    // The password is ours and hexadecimal: nothing in it needs quoting. DDL takes no parameters.
    await sql.unsafe(
      `${known.length ? 'alter' : 'create'} role patchbay_app login nosuperuser nobypassrls password '${password}'`,
    );
    const [self] = await sql`select current_user as name`;
    await sql.unsafe(`grant patchbay_app to "${String(self?.name).replaceAll('"', '""')}"`).catch(() => {}); // needed by owners that are not superusers
    await migrate(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql.end({ timeout: 5 });
  }
  const url = new URL(ownerUrl);
  url.username = 'patchbay_app';
  url.password = password;
  return url.href;
}

/** The application role's password: derived, so that nothing more is to be kept or lost. */
function appPassword(secretKey: Buffer): string {
  return createHmac('sha256', secretKey).update('patchbay database role').digest('hex').slice(0, 40);
}
