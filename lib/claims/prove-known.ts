import type { Claim } from '#src/lib/claims/claim.ts';
import type { Evidence, Verdict } from '#src/lib/claims/evidence.ts';
import { readSaid, type Said } from '#src/lib/claims/said.ts';
import { matchValues } from '#src/lib/claims/said-against-facts.ts';
import { isAmong } from '#src/lib/claims/said-content.ts';
import type { ToolFacts } from '#src/lib/claims/tool-facts.ts';
import { whyNotKnown } from '#src/lib/claims/why-unproven.ts';

/** Finds the result that says what was claimed to be known; the newest that does. */
export function proveKnown(claim: Claim, evidence: Evidence): Verdict {
  const said = readSaid(claim.text);
  let near: Parameters<typeof whyNotKnown>[0] = null;
  for (const { call, facts } of evidence.answered) {
    if (!isAbout(said, facts)) continue;
    if (saysOpposite(said, facts)) {
      near ??= { tool: call.tool, reason: 'opposite' };
      continue;
    }
    const { missing } = matchValues(said, [facts]);
    if (missing === null) return { proof: { toolCallId: call.id, tool: call.tool }, why: null };
    near ??= { tool: call.tool, reason: 'value', missing };
  }
  return { proof: null, why: whyNotKnown(near) };
}

/** About the same thing: every state that is claimed, and enough of the words. */
function isAbout(said: Said, facts: ToolFacts): boolean {
  if (said.predicates.some((predicate) => !facts.stems.has(predicate))) return false;
  const { content } = said;
  const { hits } = matchValues(said, [facts]);
  const shared = content.filter((word) => isAmong(word, facts)).length;
  if (isTelling(said, facts)) return true;
  if (hits > 0) return shared > 0 || content.length === 0 || (hits > 1 && content.length === 1);
  return content.length === 0 ? said.there !== null : shared >= Math.ceil(content.length / 2);
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
