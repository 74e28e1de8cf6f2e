import { AppError } from '#src/lib/app-error.ts';
import type { ListedTool } from '#src/lib/mcp/listed-tool.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';

/** Most tools of a server have the policy of many others: each is written once, and a tool holds its place. What is left out is null or false. */
type Packed = { policies: ToolPolicy[]; tools: PackedTool[] };
type PackedTool = ListedTool['definition'] & {
  cut?: true | undefined;
  policy: number;
  pending?: NonNullable<ListedTool['pending']> | undefined;
  measured?: NonNullable<ListedTool['measured']> | undefined;
  score: number;
};

/** The tools of a list as one JSON text: a page carries and reads it many times as fast as a thousand objects. */
export function packTools(tools: readonly ListedTool[]): string {
  const policies = new Map<string, number>();
  const rows = tools.map(({ definition, cut, policy, pending, measured, score }): PackedTool => {
    const text = JSON.stringify(policy);
    const place = policies.get(text) ?? policies.size;
    policies.set(text, place);
    const { name, title, description } = definition;
    return {
      name,
      title,
      description,
      ...(cut ? { cut } : {}),
      policy: place,
      pending: pending ?? undefined,
      measured: measured ?? undefined,
      score,
    };
  });
  return `{"policies":[${[...policies.keys()].join()}],"tools":${JSON.stringify(rows)}}`;
}

/** The tools of such a text. It is the page's own, as safe as all that it is given: to check a thousand tools once more would hold a frame. */
export function unpackTools(text: string): ListedTool[] {
  const { policies, tools }: Packed = JSON.parse(text);
  return tools.map(({ name, title, description, cut, policy, pending, measured, score }) => {
    const found = policies[policy];
    if (!found) throw new AppError('no-policy', 'A tool of the list has no policy.');
    return {
      definition: { name, title, description },
      cut: cut ?? false,
      policy: found,
      pending: pending ?? null,
      measured: measured ?? null,
      score,
    };
  });
}
