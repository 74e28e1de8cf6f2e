/** What a server answered. */
export type ToolResult = { content: unknown[]; structuredContent?: unknown; isError: boolean };

/** An answer to give: what is left of a result after the filter, and how many characters it had before. */
export type Answer = { result: ToolResult; rawChars: number; problem?: FilterProblem };

/** Why a filter could not be applied. */
export type FilterProblem = 'too-slow' | 'failed';

/** What became of a tool call. `answer` is what the model is told; nothing technical in it is meant for the caller. */
export type ToolOutcome =
  | { state: 'succeeded'; answer: string }
  | { state: 'refused' | 'failed' | 'in-doubt'; code: string; answer: string };

/** What became of a call that was sent. `trouble` is true when the server failed, not the request. */
export type Sent = { outcome: ToolOutcome; trouble: boolean };
