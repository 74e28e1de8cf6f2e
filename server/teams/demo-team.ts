import { eq } from 'drizzle-orm';
import { connection } from '#src/server/db/connection.ts';
import { instance, organization, user } from '#src/server/db/schema.ts';
import { digestOf, newToken, sameDigest } from '#src/server/teams/tokens.ts';

/** The team of the first start; its owner comes by the set-up link. */
export const demoTeam = { id: 'team_demo', name: 'Demo', slug: 'demo' } as const;

/** Makes the team of the first start, if there is none. True when it was made now. */
export async function ensureDemoTeam(): Promise<boolean> {
  const rows = await connection()
    .db.insert(organization)
    .values({ ...demoTeam, createdAt: new Date() })
    .onConflictDoNothing()
    .returning({ id: organization.id });
  return rows.length > 0;
}

/** A fresh set-up token while nobody has an account; null afterwards. The one before it stops to work. */
export async function issueSetupToken(): Promise<string | null> {
  const { db } = connection();
  const [someone] = await db.select({ id: user.id }).from(user).limit(1);
  if (someone) return null;
  const { token, digest } = newToken('');
  await db
    .insert(instance)
    .values({ key: 'setup-digest', value: digest })
    .onConflictDoUpdate({ target: instance.key, set: { value: digest } });
  return token;
}

/** Is this the set-up token that was printed last? */
export async function isSetupToken(token: string): Promise<boolean> {
  const [row] = await connection().db.select().from(instance).where(eq(instance.key, 'setup-digest'));
  return row !== undefined && sameDigest(row.value, digestOf(token));
}
