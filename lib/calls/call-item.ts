import type { CallEvent, CallEventData } from '#src/lib/calls/call-event.ts';
import type { JudgedClaim } from '#src/lib/claims/claim.ts';
import type { DeclineReason } from '#src/lib/confirmation/waiting-answer.ts';

/** A stretch on the call's clock, in ms from t = 0; `to` is null while it goes on. */
export type Span = { from: number; to: number | null };

export type CallerTurn = {
  kind: 'caller';
  id: string;
  at: number;
  /** Where the caller was heard; empty when the turn was typed. */
  spans: Span[];
  text: string;
  /** When each word began, where the recogniser measured it. */
  wordsAt?: readonly number[] | undefined;
  source: 'spoken' | 'typed';
  confidence: number | null;
  /** False: heard, but not well enough to act on. */
  understood: boolean;
  /** The caller spoke while the agent did. */
  interrupted: boolean;
};

export type AgentTurn = {
  kind: 'agent';
  id: string;
  at: number;
  span: Span;
  /** All that was made to be said. */
  text: string;
  speech: CallEventData<'agent-speech-started'>['kind'];
  /** From the caller's last sound to the first of the answer. */
  delayMs: number | null;
  /** Set when the caller cut in: what was heard, and what never was. */
  cut: { heard: string; unheard: string; at: number } | null;
  /** What the caller heard the agent claim, with what proves it. */
  claims: JudgedClaim[];
};

export type ToolPart = Span & { kind: 'waiting' | 'ran' | 'failed' | 'doubt' };

export type ToolCall = {
  kind: 'tool';
  id: string;
  turnId: string | null;
  at: number;
  serverId: string;
  serverName: string;
  tool: string;
  effect: 'read' | 'write';
  arguments: Record<string, unknown>;
  /** `declined`: read back, and not done. */
  state: 'running' | 'waiting' | 'succeeded' | 'failed' | 'in-doubt' | 'declined';
  /** The bar on the timeline, in parts. */
  parts: ToolPart[];
  ms: number | null;
  answer: string | null;
  content: unknown[];
  structured: unknown;
  failure: { code: string; message: string; raw: string | null } | null;
  waiting: { for: 'caller' | 'operator' | 'server'; note: string; at: number } | null;
  /** Why a write that was read back was not done; `name` is the operator's. */
  declined: { reason: DeclineReason; name: string | null } | null;
  /** The last that the server told of its work. */
  progress: { progress: number; total: number | null; message: string | null } | null;
  events: CallEvent[];
};

export type CallNote = {
  kind: 'note';
  id: string;
  at: number | null;
  tone: 'quiet' | 'waiting' | 'failed' | 'end';
  text: string;
  /** The technical side: a code and the other side's words. */
  detail: string | null;
};

export type CallItem = CallerTurn | AgentTurn | ToolCall | CallNote;

export type ModelRun = Span & {
  id: string;
  model: string;
  round: number;
  failed: boolean;
  firstTokenMs: number | null;
};
