import type { Link } from '#src/lib/links/link.ts';

/** How a share link stands; only one that works opens its call. */
export type SharedLinkState = 'works' | 'expired' | 'taken-back';

/** How a share link stands at `nowMs`, ms since the epoch. */
export function sharedLinkState({ revokedAt, expiresAt }: Link, nowMs: number): SharedLinkState {
  if (revokedAt) return 'taken-back';
  return Date.parse(expiresAt) <= nowMs ? 'expired' : 'works';
}
