import type { Link } from '#src/lib/links/link.ts';

/** How a link stands; only one that works opens anything. */
export type LinkState = 'works' | 'expired' | 'taken-back';

/** How a link stands at `nowMs`, ms since the epoch. */
export function linkState({ revokedAt, expiresAt }: Pick<Link, 'revokedAt' | 'expiresAt'>, nowMs: number): LinkState {
  if (revokedAt) return 'taken-back';
  return Date.parse(expiresAt) <= nowMs ? 'expired' : 'works';
}
