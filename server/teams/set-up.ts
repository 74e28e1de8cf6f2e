import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { AppError } from '#src/lib/app-error.ts';
import { connection } from '#src/server/db/connection.ts';
import { instance, member, user } from '#src/server/db/schema.ts';
import { auth } from '#src/server/teams/auth.ts';
import { demoTeam, isSetupToken } from '#src/server/teams/demo-team.ts';

export const accountSchema = z.object({
  name: z.string().trim().min(1, 'Tell us your name.').max(80),
  email: z.email('This is not an e-mail address.').max(200),
  password: z.string().min(10, 'Use at least 10 characters.').max(200),
});
export type Account = z.infer<typeof accountSchema>;

/** Is the link still good? Says why not, as `set-up-done` or `link-invalid`. */
export async function checkSetUp(token: string): Promise<void> {
  const [someone] = await connection().db.select({ id: user.id }).from(user).limit(1);
  if (someone)
    throw new AppError('set-up-done', 'Patchbay is already set up.', {
      status: 403,
      hint: 'Sign in, or ask an owner for an invitation.',
    });
  if (!(await isSetupToken(token)))
    throw new AppError('link-invalid', 'This set-up link is not valid.', {
      status: 403,
      hint: 'Use the newest link that `npm start` printed.',
    });
}

/** Makes the first owner, once: whoever holds the printed link while there is no account. Throws as `checkSetUp`. */
export async function setUp(input: Account & { token: string }): Promise<void> {
  const account = accountSchema.parse(input);
  await connection().db.transaction(async (tx) => {
    await tx.execute('select pg_advisory_xact_lock(727202)');
    await checkSetUp(input.token);
    await createMemberAccount(account, { teamId: demoTeam.id, role: 'owner' });
    await tx.delete(instance).where(eq(instance.key, 'setup-digest'));
  });
}

/** Makes an account with a place in a team. Throws `email-taken`. */
export async function createMemberAccount(account: Account, place: { teamId: string; role: string }): Promise<string> {
  const { db } = connection();
  const email = account.email.toLowerCase();
  const [taken] = await db.select({ id: user.id }).from(user).where(eq(user.email, email));
  if (taken)
    throw new AppError('email-taken', 'There is already an account with this e-mail address.', {
      hint: 'Sign in with it, then open the link again.',
    });
  const made = await auth().api.createUser({
    body: { email, name: account.name, password: account.password, data: { emailVerified: true } },
  });
  await db.insert(member).values({
    id: randomUUID(),
    organizationId: place.teamId,
    userId: made.user.id,
    role: place.role,
    createdAt: new Date(),
  });
  return made.user.id;
}
