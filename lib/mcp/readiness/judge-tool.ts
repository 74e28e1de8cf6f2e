import { descriptionSaysWhen } from '#src/lib/mcp/readiness/description-says-when.ts';
import { easyToSay } from '#src/lib/mcp/readiness/easy-to-say.ts';
import { effectHint } from '#src/lib/mcp/readiness/effect-hint.ts';
import { knownToCallers } from '#src/lib/mcp/readiness/known-to-callers.ts';
import { onePurpose } from '#src/lib/mcp/readiness/one-purpose.ts';
import { parametersOf } from '#src/lib/mcp/readiness/parameters.ts';
import { parametersClear } from '#src/lib/mcp/readiness/parameters-clear.ts';
import { parametersDescribed } from '#src/lib/mcp/readiness/parameters-described.ts';
import { resultSize } from '#src/lib/mcp/readiness/result-size.ts';
import { rewriteDefinition } from '#src/lib/mcp/readiness/rewrite-definition.ts';
import { speed } from '#src/lib/mcp/readiness/speed.ts';
import { tellingName } from '#src/lib/mcp/readiness/telling-name.ts';
import type { ReadinessRule, ToolFacts } from '#src/lib/mcp/readiness/tool-facts.ts';
import type { Readiness } from '#src/lib/mcp/readiness.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';

/** The rules, in the order in which their words are shown; docs/readiness.md has their reasons and sources. */
const rules: readonly ReadinessRule[] = [
  descriptionSaysWhen,
  onePurpose,
  speed,
  resultSize,
  easyToSay,
  knownToCallers,
  parametersDescribed,
  parametersClear,
  tellingName,
  effectHint,
];

/**
 * How fit a tool is to be used while someone waits on the phone (B5, V9): points of the rules, scaled to 100 over those that could
 * judge. Definitions are taken as hostile: the work is bounded, whatever they hold.
 */
export function judgeTool(definition: ToolDefinition, facts: ToolFacts = {}): Readiness {
  const parameters = parametersOf(definition.inputSchema);
  const reasons = rules.map((rule) => rule({ definition, parameters, facts }));
  const points = reasons.reduce((sum, reason) => sum + reason.points, 0);
  const of = reasons.reduce((sum, reason) => sum + reason.of, 0);
  return { score: Math.round((100 * points) / of), reasons, rewrite: rewriteDefinition(definition, parameters) };
}
