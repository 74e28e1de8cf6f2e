import { randomUUID } from 'node:crypto';
import type { AgentInputItem } from '@openai/agents';
import { readDecision, wasHeard } from '#src/lib/confirmation/read-decision.ts';
import { type DeclineReason, notDoneAnswer, waitingAnswer } from '#src/lib/confirmation/waiting-answer.ts';
import type { ConfirmationWords } from '#src/lib/confirmation/words.ts';
import type { AskedWrite, PendingWrite } from '#src/server/agent/asked-write.ts';
import type { EventWriter } from '#src/server/agent/event-writer.ts';
import type { Turn } from '#src/server/agent/turn.ts';
import type { TurnContext } from '#src/server/agent/turn-context.ts';

/** What the caller's next words mean for what was read back. */
export type Verdict =
  | { kind: 'none' }
  /** A yes: the run goes on. */
  | { kind: 'released'; pending: PendingWrite }
  /** A yes, and now an operator has to say it too. */
  | { kind: 'ask-operator'; pending: PendingWrite }
  | { kind: 'declined'; pending: PendingWrite; reason: DeclineReason };

export type PendingWritesOptions = {
  events: Pick<EventWriter, 'write'>;
  words: ConfirmationWords;
  /** What the caller heard of what was said in a turn. */
  heardIn: (turn: Turn) => string;
  now: () => number;
  /** An operator decided, or none came: the run of the model goes on; `notDone` is what it is told without approval. */
  decided: (pending: PendingWrite, notDone: string | null) => void;
  /** How long an operator may take, ms. */
  operatorMs?: number;
};

const mostOperatorMs = 120_000;

/**
 * The writes of a call that wait for a yes: what the caller's words mean for them is read here, never by the model. What was read back
 * lapses with the caller's next words, unless they are a plain yes; what waits for an operator waits through the turns.
 */
export class PendingWrites {
  readonly #options: PendingWritesOptions;
  #asking: PendingWrite | null = null;
  readonly #approving = new Map<PendingWrite, NodeJS.Timeout>();

  constructor(options: PendingWritesOptions) {
    this.#options = options;
  }

  /** True while the caller is asked for a yes. */
  get asksCaller(): boolean {
    return this.#asking !== null;
  }

  /** True while an operator is asked. */
  get asksOperator(): boolean {
    return this.#approving.size > 0;
  }

  /** Takes the writes that a run ended with; answers what is to be said. Counts once the turn is certain. */
  ask(context: TurnContext, runState: string): string {
    const { words, events, now } = this.#options;
    const { turn, asked } = context;
    const byDeed = new Map(asked.map((one) => [one.asking.deed, one]));
    const readBacks = [...byDeed.values()].map((one) => one.asking.readBack);
    const pending: PendingWrite = {
      id: randomUUID(),
      turn,
      writes: [...asked],
      readBack: readBacks.join(' '),
      runState,
      needsOperator: asked.some((one) => one.asking.operator),
      exchanges: [],
      since: now(),
    };
    const asksCaller = asked.some((one) => one.asking.caller);
    const before = this.#beforeReadBack(context);
    turn.tell(() => {
      for (const { callId, named, asking } of pending.writes) {
        const output = waitingAnswer(asking.readBack, asksCaller ? 'caller' : 'operator');
        // The model's own id names the run's call; this is the same in the conversation.
        const exchange = {
          callId: `${callId}_asked`,
          name: named.name,
          arguments: JSON.stringify(asking.args),
          output,
        };
        pending.exchanges.push(exchange);
        turn.exchanges.push(exchange);
      }
      if (!asksCaller) return this.#askOperator(pending, turn);
      this.#asking = pending;
      for (const one of pending.writes)
        events.write(
          'tool-waiting',
          { ...names(one), waitingFor: 'caller', note: one.asking.readBack, arguments: one.asking.args },
          ids(one, turn),
        );
    });
    return asksCaller ? [before, ...readBacks, words.question].filter(Boolean).join(' ') : words.oneMoment;
  }

  /** Reads what the caller said. Nothing changes before the turn is certain. */
  hear(turn: Turn): Verdict {
    const { words, heardIn } = this.#options;
    const pending = this.#asking;
    if (!pending) return this.#hearWhileOperatorDecides(turn);
    const heard = wasHeard(pending.readBack, heardIn(pending.turn));
    const decision = readDecision(turn.text, words);
    // Also a no to half a read-back is one.
    const reason = decision === 'no' ? 'no' : heard ? decision : 'unheard';
    if (reason !== 'yes') {
      turn.tell(() => this.#lapse(pending, reason, turn));
      return { kind: 'declined', pending, reason };
    }
    turn.tell(() => {
      this.#asking = null;
      for (const one of pending.writes)
        this.#options.events.write('tool-confirmed', { ...names(one), by: 'caller', name: null }, ids(one, turn));
      if (pending.needsOperator) this.#askOperator(pending, turn);
    });
    return { kind: pending.needsOperator ? 'ask-operator' : 'released', pending };
  }

  /** An operator pressed a button. False when nothing of this name waits for one. */
  decide(toolCallId: string, approved: boolean, name: string): boolean {
    const pending = [...this.#approving.keys()].find((one) =>
      one.writes.some((write) => write.toolCallId === toolCallId),
    );
    if (!pending) return false;
    this.#stopWaiting(pending);
    const { events, words, decided } = this.#options;
    if (approved) {
      for (const one of pending.writes)
        events.write('tool-confirmed', { ...names(one), by: 'operator', name }, ids(one));
    } else this.#decline(pending, 'operator', name, words.notApproved);
    decided(pending, approved ? null : notDoneAnswer(pending.readBack, 'operator', words.notApproved));
    return true;
  }

  /** The call is over: what nobody decided was not done. */
  close(): void {
    for (const pending of [...this.#approving.keys()]) {
      this.#stopWaiting(pending);
      this.#decline(pending, 'ended', null);
    }
    if (this.#asking) this.#decline(this.#asking, 'ended', null);
    this.#asking = null;
  }

  /** The yes that `pending` got, by the model's ids of its calls. */
  released(pending: PendingWrite): TurnContext['released'] {
    return new Map(
      pending.writes.map(({ callId, toolCallId, asking }) => [
        callId,
        { toolCallId, release: { id: pending.id, caller: asking.caller, operator: asking.operator } },
      ]),
    );
  }

  /** "Stop" is heard also while an operator decides; anything else goes on with the conversation. */
  #hearWhileOperatorDecides(turn: Turn): Verdict {
    const [pending] = this.#approving.keys();
    if (!pending || readDecision(turn.text, this.#options.words) !== 'no') return { kind: 'none' };
    turn.tell(() => {
      this.#stopWaiting(pending);
      this.#lapse(pending, 'no', turn);
    });
    return { kind: 'declined', pending, reason: 'no' };
  }

  #askOperator(pending: PendingWrite, turn: Turn): void {
    const { events, operatorMs = mostOperatorMs, words, decided } = this.#options;
    pending.since = this.#options.now();
    for (const exchange of pending.exchanges) exchange.output = waitingAnswer(pending.readBack, 'operator');
    for (const one of pending.writes)
      events.write(
        'tool-waiting',
        { ...names(one), waitingFor: 'operator', note: one.asking.readBack, arguments: one.asking.args },
        ids(one, turn),
      );
    const nobodyCame = setTimeout(() => {
      this.#stopWaiting(pending);
      this.#decline(pending, 'nobody', null, words.nobodyThere);
      decided(pending, notDoneAnswer(pending.readBack, 'nobody', words.nobodyThere));
    }, operatorMs);
    this.#approving.set(pending, nobodyCame);
  }

  #stopWaiting(pending: PendingWrite): void {
    clearTimeout(this.#approving.get(pending));
    this.#approving.delete(pending);
  }

  #lapse(pending: PendingWrite, reason: DeclineReason, turn: Turn): void {
    if (this.#asking === pending) this.#asking = null;
    this.#decline(pending, reason, null, undefined, turn);
  }

  #decline(pending: PendingWrite, reason: DeclineReason, name: string | null, say?: string, turn?: Turn): void {
    const ms = Math.round(this.#options.now() - pending.since);
    for (const exchange of pending.exchanges) exchange.output = notDoneAnswer(pending.readBack, reason, say);
    for (const one of pending.writes)
      this.#options.events.write('tool-declined', { ...names(one), ms, reason, name }, ids(one, turn));
  }

  /** Why the same is read back once more. */
  #beforeReadBack({ asked, declined }: TurnContext): string {
    const { words } = this.#options;
    const again = declined?.pending.writes.some((was) => asked.some((one) => one.asking.deed === was.asking.deed));
    if (!declined || !again) return '';
    if (declined.reason === 'unheard') return words.again;
    return declined.reason === 'other' || declined.reason === 'change' ? words.yesOrNo : '';
  }
}

/** The conversation as it will be once a write that was read back is known not to be done. */
export function withNotDone(items: AgentInputItem[], pending: PendingWrite, reason: DeclineReason): AgentInputItem[] {
  const asked = new Set(pending.exchanges.map((exchange) => exchange.callId));
  return items.map(
    (item): AgentInputItem =>
      item.type === 'function_call_result' && asked.has(item.callId)
        ? { ...item, output: notDoneAnswer(pending.readBack, reason) }
        : item,
  );
}

function names({ named }: AskedWrite): { serverId: string; serverName: string; tool: string } {
  return { serverId: named.server.id, serverName: named.server.name, tool: named.tool.definition.name };
}

function ids({ toolCallId }: AskedWrite, turn?: Turn): { toolCallId: string; turnId?: string } {
  return turn ? { toolCallId, turnId: turn.id } : { toolCallId };
}
