import type { ServerOffers } from '#src/lib/mcp/mcp-server.ts';
import type { JsonSchema, ToolDefinition } from '#src/lib/mcp/tool-definition.ts';

export type ToolResult = { content: unknown[]; structuredContent?: unknown; isError: boolean };
export type ToolProgress = { progress: number; total?: number | undefined; message?: string | undefined };

/** What a server asks a person while it works (MCP elicitation, as a form). */
export type ServerQuestion = { message: string; schema: JsonSchema };
export type QuestionAnswer = {
  action: 'accept' | 'decline' | 'cancel';
  content?: Record<string, string | number | boolean | string[]> | undefined;
};
export type AskPerson = (question: ServerQuestion, signal: AbortSignal) => Promise<QuestionAnswer>;

/** What a server says has changed beside its tools. */
export type ContextChange = { kind: 'resource'; uri: string } | { kind: 'resources' } | { kind: 'prompts' };

export type CallToolOptions = {
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: ToolProgress) => void) | undefined;
  /** Sent along, so that the server knows a second try of the same request: see `idempotent-request.ts`. */
  idempotencyKey?: string | undefined;
};

/** One live connection to a server, whatever lies between. All its calls throw AppErrors, or the reason of the signal. */
export type McpSession = {
  era: 'modern' | 'legacy';
  protocolVersion: string | null;
  serverInfo: { name: string; version: string } | null;
  instructions: string | null;
  capabilities: Record<string, unknown>;
  /** All pages; empty where the server has none. */
  listTools(signal?: AbortSignal): Promise<ToolDefinition[]>;
  listResources(signal?: AbortSignal): Promise<ServerOffers['resources']>;
  listResourceTemplates(signal?: AbortSignal): Promise<ServerOffers['resourceTemplates']>;
  listPrompts(signal?: AbortSignal): Promise<ServerOffers['prompts']>;
  /** The contents, verbatim. */
  readResource(uri: string, signal?: AbortSignal): Promise<unknown>;
  /** The messages, verbatim. */
  getPrompt(name: string, args: Record<string, string>, signal?: AbortSignal): Promise<unknown>;
  callTool(name: string, args: Record<string, unknown>, options: CallToolOptions): Promise<ToolResult>;
  onToolsChanged(listener: () => void): void;
  /** Subscribes to these resources and to the lists of resources and prompts. Servers that cannot tell are not asked. */
  onContextChanged(uris: readonly string[], listener: (change: ContextChange) => void): void;
  close(): Promise<void>;
};
