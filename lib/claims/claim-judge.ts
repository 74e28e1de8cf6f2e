import type { AgentTurn, ToolCall } from '#src/lib/calls/call-item.ts';
import type { JudgedClaim } from '#src/lib/claims/claim.ts';
import { type Witness, witnessOf } from '#src/lib/claims/evidence.ts';
import { findClaims } from '#src/lib/claims/find-claims.ts';
import { type HeldClaim, holdAgain, holdClaim, type WitnessChange } from '#src/lib/claims/held-claim.ts';

export type SaidTurn = Pick<AgentTurn, 'id' | 'span' | 'text' | 'speech' | 'cut'>;

/**
 * Judges the claims of a call while it goes on: what is new is held against what it can touch. In any number of steps it comes to
 * the same as `judgeClaims` over the whole call.
 */
export function createClaimJudge() {
  const witnesses: Witness[] = [];
  const turns: HeldClaim[][] = [];
  /** Turns with a claim that any later call may say something of. */
  const open = new Set<number>();
  let changes: WitnessChange[] = [];
  let spoken = new Map<number, SaidTurn>();
  let latestAt = Number.NEGATIVE_INFINITY;

  const keep = (place: number, held: HeldClaim[]) => {
    turns[place] = held;
    for (const { judged } of held) latestAt = Math.max(latestAt, judged.at);
    if (held.some((one) => one.open)) open.add(place);
    else open.delete(place);
  };

  return {
    /** A tool call that is new, or another than it was; `place` is its number in the call. */
    ran(place: number, call: ToolCall): void {
      const before = witnesses[place];
      const after = witnessOf(call, before);
      if (after === before) return;
      witnesses[place] = after;
      changes.push({ place, before, after });
    },
    /** A turn of the agent that is new, or another than it was; `place` is its number in the call. */
    said(place: number, turn: SaidTurn): void {
      spoken.set(place, turn);
    },
    /** Judges; answers, by their places, the claims of those turns where they are others now. */
    settle(): Map<number, JudgedClaim[]> {
      const settled = new Map<number, JudgedClaim[]>();
      const again = (place: number, change: WitnessChange) => {
        const held = turns[place];
        if (!held || held.length === 0 || spoken.has(place)) return;
        const next = held.map((one) => holdAgain(one, change, witnesses));
        if (next.every((one, i) => one === held[i])) return;
        keep(place, next);
        if (next.some((one, i) => one.judged.why !== held[i]?.judged.why || !sameProof(one.judged, held[i]?.judged)))
          settled.set(
            place,
            next.map((one) => one.judged),
          );
      };
      for (const change of changes)
        if (earliest(change) <= latestAt) for (const place of turns.keys()) again(place, change);
        else for (const place of [...open]) again(place, change);
      for (const [place, turn] of spoken) {
        const had = turns[place]?.length ?? 0;
        const held = claimsOf(turn, witnesses);
        keep(place, held);
        if (held.length > 0 || had > 0)
          settled.set(
            place,
            held.map((one) => one.judged),
          );
      }
      changes = [];
      spoken = new Map();
      return settled;
    },
  };
}

function claimsOf(turn: SaidTurn, witnesses: readonly Witness[]): HeldClaim[] {
  if (!isSaid(turn)) return [];
  const heard = turn.cut ? turn.cut.heard : turn.text;
  return findClaims(heard).map((claim) =>
    holdClaim(claim, turn.id, momentOf(turn, claim.to / Math.max(1, heard.length)), witnesses),
  );
}

/** The greeting, fillers and questions are the operator's or our own words; and until it ends, nobody knows what was heard. */
function isSaid(turn: SaidTurn): boolean {
  return (turn.speech === 'answer' || turn.speech === 'apology') && turn.span.to !== null;
}

/** One stretch of speech may go on over a tool call: a claim counts from about when its last word was said. */
function momentOf(turn: SaidTurn, share: number): number {
  const { from, to } = turn.span;
  return Math.round(from + ((to ?? from) - from) * share);
}

/** The first moment at which a change could have been known: what was said before does not hang on it, unless it is open. */
function earliest({ before, after }: WitnessChange): number {
  return Math.min(
    after.call.at,
    after.answeredAt ?? Number.POSITIVE_INFINITY,
    before?.answeredAt ?? Number.POSITIVE_INFINITY,
    before?.call.at ?? Number.POSITIVE_INFINITY,
  );
}

function sameProof(one: JudgedClaim, other: JudgedClaim | undefined): boolean {
  return one.proof?.toolCallId === other?.proof?.toolCallId;
}
