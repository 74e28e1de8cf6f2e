import type { ToolCall } from '#src/lib/calls/call-item.ts';
import type { JudgedClaim } from '#src/lib/claims/claim.ts';
import { type ToolFacts, toolFacts } from '#src/lib/claims/tool-facts.ts';

/** A tool call with what can be read from it. */
export type Witness = {
  call: ToolCall;
  facts: ToolFacts;
  /** Null until it succeeded. */
  answeredAt: number | null;
};

/** What proves a claim, or why nothing does. */
export type Verdict = Pick<JudgedClaim, 'proof' | 'why'>;

/** Reads a tool call. Answers what was read before, when nothing that a claim is held against is another. */
export function witnessOf(call: ToolCall, before: Witness | undefined): Witness {
  const answeredAt = call.state === 'succeeded' ? (call.parts.at(-1)?.to ?? call.at) : null;
  if (!before || !tellsTheSame(before.call, call)) return { call, facts: toolFacts(call), answeredAt };
  return standsTheSame(before.call, call) && before.answeredAt === answeredAt
    ? before
    : { call, facts: before.facts, answeredAt };
}

/** True when the call had answered by a moment, ms. */
export function hadAnswered({ answeredAt }: Witness, at: number): boolean {
  return answeredAt !== null && answeredAt <= at;
}

function tellsTheSame(one: ToolCall, other: ToolCall): boolean {
  return (
    one.tool === other.tool &&
    one.arguments === other.arguments &&
    one.answer === other.answer &&
    one.structured === other.structured
  );
}

function standsTheSame(one: ToolCall, other: ToolCall): boolean {
  return one.id === other.id && one.at === other.at && one.state === other.state && one.effect === other.effect;
}
