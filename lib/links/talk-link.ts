import { type Link, type TalkOptions, talkOptionsSchema } from '#src/lib/links/link.ts';

/** How a tester link stands; only one that works places calls. */
export type TalkLinkState = 'works' | 'taken-back' | 'expired' | 'used-up';

/** How a tester link stands at `nowMs`, ms since the epoch. */
export function talkLinkState(link: Link, nowMs: number): TalkLinkState {
  if (link.revokedAt) return 'taken-back';
  if (Date.parse(link.expiresAt) <= nowMs) return 'expired';
  return link.uses >= talkLimits(link).calls ? 'used-up' : 'works';
}

/** How much a tester link can be used; what was not said when it was made is as usual. */
export function talkLimits(link: Pick<Link, 'options'>): TalkOptions {
  return talkOptionsSchema.parse(link.options);
}
