import type { CallEvent } from '#src/lib/calls/call-event.ts';
import type { AgentTurn } from '#src/lib/calls/call-item.ts';
import { callView } from '#src/lib/calls/call-view.ts';
import { findPrivate, type PrivateSpan } from '#src/lib/calls/find-private.ts';
import type { HeardFigures } from '#src/lib/calls/recording.ts';
import { redactText } from '#src/lib/calls/redact-event.ts';
import type { JudgedClaim } from '#src/lib/claims/claim.ts';
import { findFlags } from '#src/lib/flags/find-flags.ts';
import type { Flag } from '#src/lib/flags/flag.ts';
import { privateKindSchema } from '#src/lib/teams/team-settings.ts';

const kinds = privateKindSchema.options;

/** What was found in a call that is shared: judged by all of its log, told without what the reader of a link is not shown. */
export type SharedFindings = { claims: JudgedClaim[]; flags: Flag[] };

/** Judges the claims and finds the flags of a call, for whoever does not get the results they are judged by. Pure. */
export function sharedFindings(events: readonly CallEvent[], heard: HeardFigures | null): SharedFindings {
  const view = callView(events);
  return {
    claims: view.agent.flatMap(sharedClaims),
    flags: findFlags({ view, heard }).map((flag) => ({ ...flag, reason: redactText(flag.reason, kinds) })),
  };
}

/** A claim has its place in the words of its turn, and there it stands elsewhere once something was taken out before it. */
function sharedClaims({ claims, cut, text }: AgentTurn): JudgedClaim[] {
  const spans = findPrivate(cut ? `${cut.heard} ${cut.unheard}` : text, kinds);
  return claims.map((claim) => ({
    ...claim,
    text: redactText(claim.text, kinds),
    why: claim.why === null ? null : redactText(claim.why, kinds),
    from: placeAfter(spans, claim.from),
    to: placeAfter(spans, claim.to),
  }));
}

/** Where a place of a text is once marks stand for its spans. */
function placeAfter(spans: readonly PrivateSpan[], place: number): number {
  let shift = 0;
  for (const { kind, from, to } of spans) {
    const mark = kind.length + 2;
    if (place <= from) break;
    // Inside of what was taken out there is only its mark.
    if (place < to) return from + shift + mark;
    shift += mark - (to - from);
  }
  return place + shift;
}
