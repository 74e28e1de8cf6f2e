/** What happened in a conversation so far, in order. Of the agent's words only those that were heard. */
export type HistoryItem =
  | { type: 'caller'; text: string }
  | { type: 'agent'; text: string }
  | { type: 'tool-call'; id: string; tool: string; arguments: Record<string, unknown> }
  | { type: 'tool-result'; id: string; text: string };

/** What the assistant does next. */
export type Decision =
  | { type: 'say'; text: string }
  | { type: 'call-tool'; tool: string; arguments: Record<string, unknown> };
