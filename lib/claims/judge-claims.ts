import type { ToolCall } from '#src/lib/calls/call-item.ts';
import type { JudgedClaim } from '#src/lib/claims/claim.ts';
import { createClaimJudge, type SaidTurn } from '#src/lib/claims/claim-judge.ts';

/**
 * Links what the agent said it did or knows to the tool result that proves it. Pure and deterministic: it reads the log
 * and nothing else. Only heard words count, and only results that were there when they were said.
 */
export function judgeClaims(call: { agent: readonly SaidTurn[]; tools: readonly ToolCall[] }): JudgedClaim[] {
  const judge = createClaimJudge();
  for (const [place, tool] of call.tools.entries()) judge.ran(place, tool);
  for (const [place, turn] of call.agent.entries()) judge.said(place, turn);
  return [...judge.settle().values()].flat();
}
