import { type Link, type TalkOptions, talkOptionsSchema } from '#src/lib/links/link.ts';
import { type LinkState, linkState } from '#src/lib/links/link-state.ts';

/** How a tester link stands; only one that works places calls. */
export type TalkLinkState = LinkState | 'used-up';

/** How a tester link stands at `nowMs`, ms since the epoch. */
export function talkLinkState(link: Link, nowMs: number): TalkLinkState {
  const state = linkState(link, nowMs);
  return state === 'works' && link.uses >= talkLimits(link).calls ? 'used-up' : state;
}

/** How much a tester link can be used; what was not said when it was made is as usual. */
export function talkLimits(link: Pick<Link, 'options'>): TalkOptions {
  return talkOptionsSchema.parse(link.options);
}
