import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import type { EventWriter } from '#src/server/agent/event-writer.ts';
import type { AskPerson, QuestionAnswer, ServerQuestion } from '#src/server/mcp/mcp-session.ts';
import { type PersonClock, personClock } from '#src/server/mcp/person-clock.ts';
import type { ToolDeadline } from '#src/server/tools/tool-runtime.ts';

/** How long persons may think in one tool call, with the caller on the line. */
export const mostAnswerMs = 120_000;
/** Whoever watches says so every five seconds. */
const watchedForMs = 12_000;
/** Nobody watches where nobody has been heard of for this long after a question. */
const lateWatcherMs = 2_000;
/** A server that asks more in one tool call gets no more answers. */
const mostQuestions = 10;
const mostMessageChars = 1_000;
const mostSchemaChars = 20_000;

type Running = {
  names: { serverId: string; serverName: string; tool: string };
  ids: { turnId: string | undefined; toolCallId: string };
  clock: PersonClock;
  /** Aborted with the tool call: an old server does not take its question back. */
  over: AbortController;
  asked: number;
  /** What is left of the time that persons may think, ms. */
  leftMs: number;
};
type Given = QuestionAnswer & { by: string };

/**
 * What servers ask in the middle of a tool call (MCP elicitation) goes to whoever watches the call on its page; where nobody does, it is
 * declined after a moment. The tool's time stands still meanwhile. What is answered goes to the server, and nowhere else.
 */
export class LiveQuestions {
  readonly #events: Pick<EventWriter, 'write'>;
  readonly #now: () => number;
  readonly #answerMs: number;
  readonly #running = new Set<Running>();
  readonly #open = new Map<string, (given: Given) => void>();
  #watchedUntil = Number.NEGATIVE_INFINITY;

  constructor(o: { events: Pick<EventWriter, 'write'>; now: () => number; answerMs?: number }) {
    this.#events = o.events;
    this.#now = o.now;
    this.#answerMs = o.answerMs ?? mostAnswerMs;
  }

  /** Someone who may answer looks at the call now. */
  watching(): void {
    this.#watchedUntil = this.#now() + watchedForMs;
  }

  /** The deadline of one tool call: it stands still while its server asks. */
  deadline(names: Running['names'], ids: Running['ids'], timeoutMs: number): ToolDeadline {
    const clock = personClock(timeoutMs, undefined);
    const running = { names, ids, clock, over: new AbortController(), asked: 0, leftMs: this.#answerMs };
    this.#running.add(running);
    return {
      signal: running.clock.signal,
      pauseMs: this.#answerMs,
      stop: () => {
        this.#running.delete(running);
        running.over.abort();
        running.clock.stop();
      },
    };
  }

  /** Answers what a server asks. */
  asker(server: FrozenServer): AskPerson {
    return async (question, signal) => {
      // Servers do not say for which call they ask: the newest one of theirs.
      const running = [...this.#running].findLast(({ names }) => names.serverId === server.id);
      if (!running || running.asked >= mostQuestions) return { action: 'cancel' };
      running.asked += 1;
      const until = AbortSignal.any([signal, running.over.signal]);
      return running.clock.pausing((asked, either) => this.#ask(running, asked, either))(question, until);
    };
  }

  /** A person's answer. False when the question is not open any more. */
  answer(questionId: string, given: Given): boolean {
    const settle = this.#open.get(questionId);
    settle?.(given);
    return settle !== undefined;
  }

  /** Whoever has just opened the page is heard of a moment later. */
  async #isWatched(signal: AbortSignal): Promise<boolean> {
    const until = this.#now() + lateWatcherMs;
    while (this.#now() > this.#watchedUntil && this.#now() < until && !signal.aborted) await sleep(50);
    return this.#now() <= this.#watchedUntil;
  }

  async #ask(running: Running, { message, schema }: ServerQuestion, signal: AbortSignal): Promise<QuestionAnswer> {
    const { names, ids } = running;
    const questionId = randomUUID();
    const tooLarge = JSON.stringify(schema).length > mostSchemaChars;
    const asked = {
      ...names,
      questionId,
      message: message.slice(0, mostMessageChars),
      schema: tooLarge ? { type: 'object' } : schema,
    };
    this.#events.write('question-asked', asked, ids);
    const settle = (given: QuestionAnswer, by: string | null, note?: string): QuestionAnswer => {
      const { action, content } = given;
      this.#events.write('question-answered', { questionId, action, by, ...(note ? { note } : {}) }, ids);
      return { action, ...(action === 'accept' && content ? { content } : {}) };
    };
    if (tooLarge) return settle({ action: 'decline' }, null, 'It asked for more than a form can hold.');
    if (!(await this.#isWatched(signal))) return settle({ action: 'decline' }, null, 'Nobody was watching the call.');
    const answers = Promise.withResolvers<Given | 'late' | 'over'>();
    this.#open.set(questionId, answers.resolve);
    const began = this.#now();
    const late = setTimeout(() => answers.resolve('late'), running.leftMs);
    const over = () => answers.resolve('over');
    signal.addEventListener('abort', over, { once: true });
    if (signal.aborted) over();
    try {
      const given = await answers.promise;
      if (given === 'late') return settle({ action: 'cancel' }, null, 'Nobody answered in time.');
      if (given === 'over') return settle({ action: 'cancel' }, null, 'The tool call was over before.');
      return settle(given, given.by);
    } finally {
      clearTimeout(late);
      running.leftMs = Math.max(0, running.leftMs - (this.#now() - began));
      signal.removeEventListener('abort', over);
      this.#open.delete(questionId);
    }
  }
}
