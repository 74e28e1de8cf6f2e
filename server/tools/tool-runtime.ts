import type { FillerKind } from '#src/lib/assistants/fillers.ts';
import type { CallEventData, CallEventType } from '#src/lib/calls/call-event.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import type { ToolProgress } from '#src/server/mcp/mcp-session.ts';
import type { ReadCache } from '#src/server/tools/read-cache.ts';
import type { Release } from '#src/server/tools/release.ts';
import type { ServerBreaker } from '#src/server/tools/server-breaker.ts';
import type { ToolResult } from '#src/server/tools/tool-outcome.ts';
import type { WriteLedger } from '#src/server/tools/write-ledger.ts';

/** What a server's session offers to the tool runtime; an MCP session is one. */
export type ToolSession = {
  callTool(
    name: string,
    args: Record<string, unknown>,
    options: {
      signal: AbortSignal;
      timeoutMs: number;
      onProgress?: ((progress: ToolProgress) => void) | undefined;
      /** Of a write that may be sent again: all its tries bear the same. */
      idempotencyKey?: string | undefined;
    },
  ): Promise<ToolResult>;
};

/** One request of the model for a tool. */
export type ToolRequest = {
  server: FrozenServer;
  tool: string;
  args: unknown;
  /** Aborted when the caller interrupts: a read is given up, a write goes on in the background. */
  signal: AbortSignal;
  turnId?: string | undefined;
  /** The id under which it was read back; a new one when it was not. */
  toolCallId?: string | undefined;
  /** The yes that released this write. */
  release?: Release | undefined;
};

/** What each event of a tool call says of it. */
export type ToolNames = { serverId: string; serverName: string; tool: string };

export type EventIds = { turnId?: string | undefined; toolCallId?: string | undefined };

/** One tool call that was sent: how long it took, how many characters came back and how many the model got. */
export type RanTool = {
  serverId: string;
  tool: string;
  ok: boolean;
  ms: number;
  rawChars: number;
  shapedChars: number;
};

/** The end of a tool call's time. */
export type ToolDeadline = {
  signal: AbortSignal;
  /** How long it may stand still, ms. */
  pauseMs: number;
  stop(): void;
};

/** What the runtime leans on in the call's process. */
export type ToolRuntime = {
  /** The server's open session; `fresh` asks for a new one after the old one broke. Throws AppError. */
  session(serverId: string, options: { fresh: boolean; signal: AbortSignal }): Promise<ToolSession>;
  /** True for a definition that is not the one that was approved. */
  quarantined(serverId: string, tool: string): boolean;
  /** Writes an event, now or when the log is back. */
  write<T extends CallEventType>(type: T, data: CallEventData<T>, ids: EventIds): void;
  /** Writes an event and answers true once it is in the log; false when the log cannot be written now. */
  writeThrough<T extends CallEventType>(type: T, data: CallEventData<T>, ids: EventIds): Promise<boolean>;
  /** Says something meanwhile, because the tool is slow; `still`: not for the first time. */
  sayMeanwhile(kind: FillerKind): void;
  /** What the caller hears instead of a technical error. */
  safeSentence: string;
  /** What the caller hears of a write that may or may not have been done; English when left out. */
  inDoubtSentence?: string;
  /** Takes a place among the requests that the server may get; answers what gives it back. Throws AppError when there is none. */
  takeSlot?(server: FrozenServer): Promise<() => void>;
  /** Knows each write of the call: none is sent without it. */
  writes: WriteLedger;
  /** Answers of reads that may be given again. */
  cache?: ReadCache;
  /** Lets a server that fails and fails rest. */
  breaker?: ServerBreaker;
  /** Told of each call that was sent, for figures; must not throw. */
  ran?(run: RanTool): void;
  /** Makes a deadline that stands still while the server asks a person; left out, it never does. */
  deadline?(
    names: { serverId: string; serverName: string; tool: string },
    ids: { turnId: string | undefined; toolCallId: string },
    timeoutMs: number,
  ): ToolDeadline;
  /** Told of the text of an answer, as the server gave it and as the model got it; must not throw, nor keep a caller waiting. */
  measure?(names: ToolNames, ids: EventIds, raw: string, shaped: string): void;
  newId(): string;
  /** Milliseconds of a monotonic clock. */
  now(): number;
  /** Silence after which something is said meanwhile, and after which it is said again, ms. */
  slowAfterMs?: number;
  stillSlowMs?: number;
  /** What a tool usually takes, ms, where that was measured; asked while the caller waits, so it must be at hand. */
  usualMs?(serverId: string, tool: string): number | null;
};

export type FrozenTool = { hash: string; definition: ToolDefinition; policy: ToolPolicy };
