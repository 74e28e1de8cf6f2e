import type { Parameter } from '#src/lib/mcp/readiness/parameters.ts';
import type { ReadinessReason } from '#src/lib/mcp/readiness.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';

/** What is known of a tool beside its definition; what is left out was not measured. */
export type ToolFacts = {
  runs?: number;
  p50Ms?: number;
  p95Ms?: number;
  /** What a tool of its server may take in a live call. */
  budgetMs?: number;
  /** Characters of a usual answer, as the server gave it. */
  rawChars?: number;
  /** Other servers of the team that have a tool of the same name. */
  sameNameOn?: readonly string[];
};

export type ToolUnderTest = {
  definition: ToolDefinition;
  parameters: readonly Parameter[];
  facts: ToolFacts;
};

/** One rule: looks at one thing, and says it in a sentence with its points. */
export type ReadinessRule = (tool: ToolUnderTest) => ReadinessReason;
