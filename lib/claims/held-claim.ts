import type { Claim, JudgedClaim } from '#src/lib/claims/claim.ts';
import { hadAnswered, type Witness } from '#src/lib/claims/evidence.ts';
import { type Deed, isSuchDeed, proveDone, readDeed } from '#src/lib/claims/prove-done.ts';
import { proveKnown } from '#src/lib/claims/prove-known.ts';
import { whyNotDone } from '#src/lib/claims/why-unproven.ts';

/** A judged claim with what its verdict hangs on, so that what runs later is held against that, not against the whole call. */
export type HeldClaim = { judged: JudgedClaim; open: OpenDeed | null };

/**
 * A deed that nothing had done or tried when it was said: the first such call that begins later says that it came too late.
 * `place` is that call's, beyond all others while there is none.
 */
type OpenDeed = { deed: Deed; near: ReturnType<typeof proveDone>['near']; place: number };

/** A tool call that is new or another now; `place` counts the calls in the order in which they began. */
export type WitnessChange = { place: number; before: Witness | undefined; after: Witness };

/** Judges a claim by all that ran. `at` is when it had been said, ms. */
export function holdClaim(claim: Claim, turnId: string, at: number, witnesses: readonly Witness[]): HeldClaim {
  const answered = answeredBy(witnesses, at);
  if (claim.kind === 'known') return { judged: { ...claim, turnId, at, ...proveKnown(claim, answered) }, open: null };
  const deed = readDeed(claim);
  const tried = witnesses.findLast((one) => hadBegun(one, at) && !hadAnswered(one, at) && isSuchDeed(deed, one));
  const { proof, near } = proveDone(deed, answered, tried?.call ?? null);
  const judged = { ...claim, turnId, at, proof, why: null };
  if (proof) return { judged, open: null };
  if (tried) return { judged: { ...judged, why: whyNotDone(claim, { near, tried: tried.call }) }, open: null };
  return tellWhy(judged, deed, near, witnesses);
}

/** The claim by what ran since; the same object when that changes nothing. */
export function holdAgain(held: HeldClaim, change: WitnessChange, witnesses: readonly Witness[]): HeldClaim {
  const { judged, open } = held;
  const { text, from, to, kind, action, turnId, at } = judged;
  const both = change.before ? [change.before, change.after] : [change.after];
  if (both.some((one) => hadAnswered(one, at) || (kind === 'done' && hadBegun(one, at))))
    return holdClaim({ text, from, to, kind, action }, turnId, at, witnesses);
  if (!open || change.place > open.place || !both.some((one) => isSuchDeed(open.deed, one))) return held;
  return tellWhy(judged, open.deed, open.near, witnesses);
}

function tellWhy(judged: JudgedClaim, deed: Deed, near: OpenDeed['near'], witnesses: readonly Witness[]): HeldClaim {
  const { at } = judged;
  const place = witnesses.findIndex((one) => !hadBegun(one, at) && !hadAnswered(one, at) && isSuchDeed(deed, one));
  const tried = witnesses[place]?.call ?? null;
  return {
    judged: { ...judged, why: whyNotDone(deed.claim, { near, tried }) },
    open: { deed, near, place: place < 0 ? Number.POSITIVE_INFINITY : place },
  };
}

/** What had answered by a moment, newest first. */
function answeredBy(witnesses: readonly Witness[], at: number): Witness[] {
  const answered: Witness[] = [];
  for (let place = witnesses.length - 1; place >= 0; place--) {
    const one = witnesses[place];
    if (one && hadAnswered(one, at)) answered.push(one);
  }
  return answered;
}

function hadBegun({ call }: Witness, at: number): boolean {
  return call.at <= at;
}
