import type { AgentTurn, ToolCall } from '#src/lib/calls/call-item.ts';
import type { JudgedClaim } from '#src/lib/claims/claim.ts';
import type { Evidence, Witness } from '#src/lib/claims/evidence.ts';
import { findClaims } from '#src/lib/claims/find-claims.ts';
import { proveDone } from '#src/lib/claims/prove-done.ts';
import { proveKnown } from '#src/lib/claims/prove-known.ts';
import { toolFacts } from '#src/lib/claims/tool-facts.ts';

type SaidTurn = Pick<AgentTurn, 'id' | 'span' | 'text' | 'speech' | 'cut'>;

/**
 * Links what the agent said it did or knows to the tool result that proves it. Pure and deterministic: it reads the log
 * and nothing else. Only heard words count, and only results that were there when they were said.
 */
export function judgeClaims(call: { agent: readonly SaidTurn[]; tools: readonly ToolCall[] }): JudgedClaim[] {
  const witnesses = call.tools.map((tool): Witness => ({ call: tool, facts: toolFacts(tool) })).reverse();
  return call.agent.filter(isSaid).flatMap((turn) => {
    const heard = turn.cut ? turn.cut.heard : turn.text;
    return findClaims(heard).map((claim): JudgedClaim => {
      const at = momentOf(turn, claim.to / Math.max(1, heard.length));
      const evidence = evidenceAt(at, witnesses);
      const verdict = claim.kind === 'done' ? proveDone(claim, evidence) : proveKnown(claim, evidence);
      return { ...claim, turnId: turn.id, at, ...verdict };
    });
  });
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

function evidenceAt(at: number, witnesses: readonly Witness[]): Evidence {
  const answered: Witness[] = [];
  const others: Witness[] = [];
  for (const one of witnesses)
    (one.call.state === 'succeeded' && answeredAt(one.call) <= at ? answered : others).push(one);
  return { answered, others };
}

function answeredAt(call: ToolCall): number {
  return call.parts.at(-1)?.to ?? call.at;
}
