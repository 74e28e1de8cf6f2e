import type { CataloguedTool } from '#src/lib/mcp/catalogued-tool.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';

/** Characters of a description that go into a list: more than its two lines show. */
const mostChars = 240;

/** A tool as a list of them shows it. Its schemas and the reasons of its score are read when it is chosen: a thousand of them are megabytes. */
export type ListedTool = Pick<CataloguedTool, 'policy' | 'measured'> & {
  definition: Pick<ToolDefinition, 'name' | 'title' | 'description'>;
  /** The description is only its beginning. */
  cut: boolean;
  pending: Omit<NonNullable<CataloguedTool['pending']>, 'definition'> | null;
  score: number;
};

/** What a list leaves out of a tool. */
export type KnownTool = Pick<CataloguedTool, 'definition' | 'hash' | 'readiness'>;

/** The tool as a list shows it. */
export function listedTool({ definition, policy, pending, measured, readiness }: CataloguedTool): ListedTool {
  const { name, title, description } = definition;
  const cut = isCut(definition);
  return {
    definition: { name, title, description: cut ? `${description?.slice(0, mostChars)}…` : description },
    cut,
    policy,
    pending: pending && { hash: pending.hash, since: pending.since, diff: pending.diff },
    measured,
    score: readiness.score,
  };
}

/** Whether a list holds only the beginning of the description. */
export function isCut({ description }: Pick<ToolDefinition, 'description'>): boolean {
  return (description?.length ?? 0) > mostChars;
}

/** What is shown of the tool once it is chosen. */
export function knownTool({ definition, hash, readiness }: CataloguedTool): KnownTool {
  return { definition, hash, readiness };
}
