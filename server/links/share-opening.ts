import { AppError, isAppError } from '#src/lib/app-error.ts';
import type { Link } from '#src/lib/links/link.ts';
import { noteLinkLook } from '#src/server/calls/call-looks.ts';
import { countUse, openLink } from '#src/server/links/links.ts';
import { noteMiss, triesTooMuch } from '#src/server/links/share-misses.ts';
import { isNewVisit } from '#src/server/links/share-visits.ts';

export type OpenedShare = { teamId: string; link: Link };

/**
 * Checks the secret of a share link, for one request. Throws `link-unknown` (404), `link-over` (410), and `too-many-tries` (429) for an
 * address that has tried many secrets that open nothing.
 */
export async function openShare(secret: string, headers: Headers): Promise<OpenedShare> {
  const address = addressOf(headers);
  if (triesTooMuch(address))
    throw new AppError('too-many-tries', 'Too many links were tried from here.', {
      status: 429,
      retryable: true,
      hint: 'Try again in a minute.',
    });
  try {
    return await openLink('call', secret);
  } catch (error) {
    if (isAppError(error) && error.code === 'link-unknown') noteMiss(address);
    throw error;
  }
}

/** Writes down that a shared call was opened, or its recording asked for: the team sees it as it sees looks of its own. */
export async function noteShareLook(
  { teamId, link }: OpenedShare,
  what: 'page' | 'recording',
  headers: Headers,
): Promise<void> {
  await noteLinkLook({ teamId, linkId: link.id, name: link.name }, link.subjectId, what);
  if (what === 'page' && isNewVisit(link.id, addressOf(headers))) await countUse(teamId, link.id);
}

/** Next writes the socket's address where no proxy in front has told one. */
function addressOf(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? 'unknown';
}
