import type { ToolCall } from '#src/lib/calls/call-item.ts';
import type { JudgedClaim } from '#src/lib/claims/claim.ts';
import type { ToolFacts } from '#src/lib/claims/tool-facts.ts';

/** A tool call with what can be read from it. */
export type Witness = { call: ToolCall; facts: ToolFacts };

/** What was known when a claim was made: what had answered, newest first, and what else had been tried. */
export type Evidence = { answered: Witness[]; others: Witness[] };

/** What proves a claim, or why nothing does. */
export type Verdict = Pick<JudgedClaim, 'proof' | 'why'>;
