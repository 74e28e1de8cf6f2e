import type { Claim } from '#src/lib/claims/claim.ts';
import type { Verdict, Witness } from '#src/lib/claims/evidence.ts';
import { readSaid, type Said } from '#src/lib/claims/said.ts';
import { matchValues } from '#src/lib/claims/said-against-facts.ts';
import { isAmong } from '#src/lib/claims/said-content.ts';
import type { ToolFacts } from '#src/lib/claims/tool-facts.ts';
import { whyNotKnown } from '#src/lib/claims/why-unproven.ts';

/** Finds the result that says what was claimed to be known: the first that does of what had answered, newest first. */
export function proveKnown(claim: Claim, answered: readonly Witness[]): Verdict {
  const said = readSaid(claim.text);
  let near: Parameters<typeof whyNotKnown>[0] = null;
  for (const { call, facts } of answered) {
    if (said.predicates.some((predicate) => !facts.stems.has(predicate))) continue;
    const { hits, missing } = matchValues(said, [facts]);
    if (!isAbout(said, facts, hits)) continue;
    if (saysOpposite(said, facts)) {
      near ??= { tool: call.tool, reason: 'opposite' };
      continue;
    }
    if (missing === null) return { proof: { toolCallId: call.id, tool: call.tool }, why: null };
    near ??= { tool: call.tool, reason: 'value', missing };
  }
  return { proof: null, why: whyNotKnown(near) };
}

/** About the same thing: enough of the words. */
function isAbout(said: Said, facts: ToolFacts, hits: number): boolean {
  if (isTelling(said, facts)) return true;
  const { content } = said;
  const among = (word: Said['content'][number]) => isAmong(word, facts);
  if (hits > 0) return content.length === 0 || (hits > 1 && content.length === 1) || content.some(among);
  if (content.length === 0) return said.there !== null;
  let lacking = Math.floor(content.length / 2);
  return content.every((word) => among(word) || lacking-- > 0);
}

/** A reference or a large number is not met by chance. */
function isTelling(said: Said, facts: ToolFacts): boolean {
  return (
    said.references.some((one) => facts.text.includes(one)) ||
    said.numbers.some((one) => !one.clock && one.value >= 20 && facts.numbers.has(one.value))
  );
}

function saysOpposite(said: Said, facts: ToolFacts): boolean {
  if (said.there !== null && facts.there !== null && said.there !== facts.there) return true;
  if (said.there === 'none' || /\b(?:not|no)\b|n['’]t\b/i.test(said.text)) return false;
  return said.content.some((word) => facts.denied.has(word.stem));
}
