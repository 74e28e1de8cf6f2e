import type { DeclineReason } from '#src/lib/confirmation/waiting-answer.ts';
import type { AskedWrite, PendingWrite } from '#src/server/agent/asked-write.ts';
import type { ReplyStream } from '#src/server/agent/reply-stream.ts';
import type { Turn } from '#src/server/agent/turn.ts';
import type { Release } from '#src/server/tools/release.ts';

/** What the tools of one run know of it. */
export class TurnContext {
  readonly turn: Turn;
  readonly reply: ReplyStream;
  /** Writes of this run that wait for a yes. */
  readonly asked: AskedWrite[] = [];
  /** Writes that got theirs, by the model's id of the call. */
  readonly released: ReadonlyMap<string, { toolCallId: string; release: Release }>;
  /** What was read back before, and why it is not done. */
  readonly declined: { pending: PendingWrite; reason: DeclineReason } | null;

  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor(turn: Turn, reply: ReplyStream, before: Partial<Pick<TurnContext, 'released' | 'declined'>> = {}) {
    this.turn = turn;
    this.reply = reply;
    this.released = before.released ?? new Map();
    this.declined = before.declined ?? null;
  }

  /** One write after the other, in the order in which the model asked for them. */
  inOrder<T>(write: () => Promise<T>): Promise<T> {
    const next = this.#lastWrite.then(write, write);
    this.#lastWrite = next.catch(() => {});
    return next;
  }

  /** A run that is put down and taken up again gets a new context; nothing of this one is kept. */
  toJSON(): Record<string, never> {
    return {};
  }
}

/** What a run carries: a plain object, as the library wants it. */
export type RunData = { own: TurnContext };

/** The context of whatever run a tool is called in; null outside of one. */
export function contextOf(data: unknown): TurnContext | null {
  if (typeof data !== 'object' || data === null || !('own' in data)) return null;
  return data.own instanceof TurnContext ? data.own : null;
}
