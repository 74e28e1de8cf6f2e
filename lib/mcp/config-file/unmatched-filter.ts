/** The names of a filter that match no listed tool: most often a typing error, or a tool that was renamed. */
export function unmatchedFilter(filter: readonly string[], tools: readonly { name: string }[]): string[] {
  const listed = new Set(tools.map(({ name }) => name));
  return [...new Set(filter)].filter((name) => !listed.has(name));
}
