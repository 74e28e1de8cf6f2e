import { and, desc, eq, sql } from 'drizzle-orm';
import { AppError, notFound } from '#src/lib/app-error.ts';
import { type Link, type LinkKind, type LinkOptions, linkSchema, type MadeLink } from '#src/lib/links/link.ts';
import { config } from '#src/server/config.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { links } from '#src/server/db/schema.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { writeAudit } from '#src/server/teams/audit.ts';
import { digestOf, newToken } from '#src/server/teams/tokens.ts';

const places: Record<LinkKind, string> = { call: 'share', talk: 'talk' };
const mostShown = 50;

/** Makes a link to something that the caller of this has found to be the team's. Its secret is in the answer and nowhere else. */
export async function makeLink(
  actor: Actor,
  input: { kind: LinkKind; subjectId: string; name: string; hours: number; options: LinkOptions },
): Promise<MadeLink> {
  const { token, digest } = newToken('');
  const { kind, subjectId, name, options } = input;
  const row = await forTeam(actor.teamId, async (tx) => {
    const [made] = await tx
      .insert(links)
      .values({
        id: newId('link'),
        teamId: actor.teamId,
        kind,
        subjectId,
        name,
        options,
        digest,
        createdBy: actor.name,
        expiresAt: new Date(Date.now() + input.hours * 3_600_000),
      })
      .returning();
    if (!made) throw notFound('link');
    await writeAudit(tx, actor, `${kind}-link-made`, made.id);
    return made;
  });
  return { ...shownLink(row), url: new URL(`/${places[kind]}/${token}`, config().publicUrl).href };
}

/** The links to one call or assistant, the newest first, those that are over among them. */
export async function listLinks(teamId: string, kind: LinkKind, subjectId: string): Promise<Link[]> {
  const rows = await forTeam(teamId, (tx) =>
    tx
      .select()
      .from(links)
      .where(and(eq(links.kind, kind), eq(links.subjectId, subjectId)))
      .orderBy(desc(links.createdAt), desc(links.id))
      .limit(mostShown),
  );
  return rows.map(shownLink);
}

/** Ends a link at once; twice is once. Throws `not-found`. */
export async function revokeLink(actor: Actor, linkId: string): Promise<void> {
  await forTeam(actor.teamId, async (tx) => {
    const revoked = await tx
      .update(links)
      .set({ revokedAt: sql`coalesce(${links.revokedAt}, now())` })
      .where(eq(links.id, linkId))
      .returning({ id: links.id });
    if (revoked.length === 0) throw notFound('link');
    await writeAudit(tx, actor, 'link-revoked', linkId);
  });
}

/** What a secret opens. Throws `link-unknown` (404) for none, and `link-over` (410) for one that has expired or was revoked. */
export async function openLink(kind: LinkKind, secret: string): Promise<{ teamId: string; link: Link }> {
  const found = await findLink(kind, secret);
  const { revokedAt, expiresAt } = found.link;
  if (revokedAt) throw linkOver('This link was taken back.');
  if (Date.parse(expiresAt) <= Date.now()) throw linkOver('This link has expired.');
  return found;
}

/** What a link says that leads nowhere any more (410). */
export function linkOver(message: string): AppError {
  return new AppError('link-over', message, { status: 410, hint: 'Ask whoever sent it for a new one.' });
}

/** The link of a secret, also one that is over. Throws `link-unknown` (404). */
export async function findLink(kind: LinkKind, secret: string): Promise<{ teamId: string; link: Link }> {
  const digest = digestOf(secret);
  const [found] = await connection().sql<{ team: string | null }[]>`select team_of_link(${digest}) as team`;
  const teamId = found?.team;
  const [row] = teamId
    ? await forTeam(teamId, (tx) =>
        tx
          .select()
          .from(links)
          .where(and(eq(links.digest, digest), eq(links.kind, kind))),
      )
    : [];
  if (!row || !teamId)
    throw new AppError('link-unknown', 'This link does not work.', {
      status: 404,
      hint: 'Check that it was copied whole, or ask for a new one.',
    });
  return { teamId, link: shownLink(row) };
}

/** Counts one use of a link. */
export async function countUse(teamId: string, linkId: string): Promise<void> {
  await forTeam(teamId, (tx) =>
    tx
      .update(links)
      .set({ uses: sql`${links.uses} + 1` })
      .where(eq(links.id, linkId)),
  );
}

function shownLink(row: typeof links.$inferSelect): Link {
  return linkSchema.parse({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
  });
}
