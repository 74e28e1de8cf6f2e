import type { ToolCall } from '#src/lib/calls/call-item.ts';

/** What came back of a tool call, in its plainest form; undefined where nothing did. */
export function responseOf({ failure, structured, content, answer }: ToolCall): unknown {
  if (failure) return failure.raw ?? failure.message;
  return structured ?? (content.length > 0 ? content : (answer ?? undefined));
}
