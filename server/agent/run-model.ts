import {
  Agent,
  type AgentInputItem,
  type Model,
  type ModelSettings,
  RunContext,
  Runner,
  RunState,
  type Tool,
} from '@openai/agents';
import { AppError } from '#src/lib/app-error.ts';
import type { ModelPrice } from '#src/lib/providers/model-price.ts';
import type { PendingWrite } from '#src/server/agent/asked-write.ts';
import type { EventWriter } from '#src/server/agent/event-writer.ts';
import { type PendingWrites, withNotDone } from '#src/server/agent/pending-writes.ts';
import { promptLog } from '#src/server/agent/prompt-log.ts';
import type { ReplyStream } from '#src/server/agent/reply-stream.ts';
import { NotCommitted, type Turn } from '#src/server/agent/turn.ts';
import { type RunData, TurnContext } from '#src/server/agent/turn-context.ts';
import { watchModel } from '#src/server/agent/watch-model.ts';

export type RunModelOptions = {
  model: Model;
  modelName: string;
  /** What its tokens cost; null where nobody gave a price. */
  price: ModelPrice | null;
  settings: ModelSettings;
  instructions: string;
  tools: Tool<RunData>[];
  /** Writes that wait for a yes. */
  pending: PendingWrites;
  /** Said when a write waits for an operator. */
  oneMoment: string;
  events: Pick<EventWriter, 'write'>;
  now: () => number;
  apology: string;
  /** Said while the model has not begun to answer. */
  slowPhrase: string;
  /** Silence after the caller's turn until it is said, ms. */
  slowAfterMs?: number;
  onProblem: (code: string) => void;
};

const mostRounds = 8;
/** Reads that the model asks for together run together; writes to a server go one after the other all the same. */
const mostAtOnce = 4;

export type ModelRunner = {
  /** Answers what the caller said. */
  answer(turn: Turn, reply: ReplyStream, items: AgentInputItem[]): Promise<void>;
  /** Goes on with a run that waited for an operator; without approval the model gets `notDone` as the answer of its tool. */
  resume(turn: Turn, reply: ReplyStream, pending: PendingWrite, notDone: string | null): Promise<void>;
};

type Agents = Agent<RunData>;
type Input = AgentInputItem[] | RunState<RunData, Agents>;

/**
 * Makes what answers a turn: it streams the model's words into the reply and closes it. A write that someone has to say yes to ends the
 * run, is read back, and goes on with the yes. An interruption closes it quietly; a failing or silent model is apologised for. Never
 * throws.
 */
export function modelRunner(options: RunModelOptions): ModelRunner {
  const { pending, modelName, price, events, now } = options;
  const named = { modelName, price, events, now };
  const runner = new Runner({ tracingDisabled: true });
  const prompts = promptLog();
  const agentFor = (turn: Turn): Agents =>
    new Agent<RunData>({
      name: 'assistant',
      instructions: options.instructions,
      model: watchModel(options.model, { ...named, prompts }, turn),
      modelSettings: options.settings,
      tools: options.tools,
      toolUseBehavior: 'run_llm_again',
    });

  const run = async (agent: Agents, input: Input, context: TurnContext): Promise<void> => {
    const { turn, reply } = context;
    const stream = await runner.run(agent, input, {
      stream: true,
      signal: turn.signal,
      context: { own: context },
      maxTurns: mostRounds,
      toolNotFoundBehavior: 'return_error_to_model',
      toolExecution: { maxFunctionToolConcurrency: mostAtOnce },
    });
    for await (const event of stream) {
      if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta')
        reply.say(event.data.delta, 'answer');
    }
    await stream.completed;
    if (turn.signal.aborted) return;
    if (stream.interruptions.length > 0) reply.say(` ${pending.ask(context, stream.state.toString())}`, 'answer');
    if (!reply.said) throw new AppError('model-empty', 'The model answered with nothing.');
  };

  const resumed = async (agent: Agents, waiting: PendingWrite, context: TurnContext, notDone: string | null) => {
    const state = await RunState.fromStringWithContext(
      agent,
      waiting.runState,
      new RunContext<RunData>({ own: context }),
    );
    for (const one of state.getInterruptions()) {
      if (notDone === null) state.approve(one);
      else state.reject(one, { message: notDone });
    }
    return state;
  };

  /** The caller hears something whatever goes wrong in `work`, and the reply is closed. */
  const replying = async (turn: Turn, reply: ReplyStream, work: () => Promise<void>): Promise<void> => {
    let slow: NodeJS.Timeout | undefined;
    turn.tell(() => {
      slow = setTimeout(() => {
        if (!reply.said && turn.exchanges.length === 0) reply.say(options.slowPhrase, 'filler');
      }, options.slowAfterMs ?? 2_500);
    });
    try {
      await work();
    } catch (error) {
      if (!turn.signal.aborted && !isNotCommitted(error)) {
        options.onProblem(error instanceof AppError ? error.code : 'model-failed');
        reply.say(options.apology, 'apology');
      }
    } finally {
      clearTimeout(slow);
      reply.close();
    }
  };

  return {
    answer: (turn, reply, items) =>
      replying(turn, reply, async () => {
        const verdict = pending.hear(turn);
        const agent = agentFor(turn);
        if (verdict.kind === 'ask-operator') return reply.say(options.oneMoment, 'answer');
        if (verdict.kind === 'released') {
          const context = new TurnContext(turn, reply, { released: pending.released(verdict.pending) });
          return run(agent, await resumed(agent, verdict.pending, context, null), context);
        }
        if (verdict.kind === 'none') return run(agent, items, new TurnContext(turn, reply));
        const context = new TurnContext(turn, reply, { declined: verdict });
        return run(agent, withNotDone(items, verdict.pending, verdict.reason), context);
      }),
    resume: (turn, reply, waiting, notDone) =>
      replying(turn, reply, async () => {
        const agent = agentFor(turn);
        const released = notDone === null ? pending.released(waiting) : new Map();
        const context = new TurnContext(turn, reply, { released });
        return run(agent, await resumed(agent, waiting, context, notDone), context);
      }),
  };
}

function isNotCommitted(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = 'error' in at && at.error instanceof Error ? at.error : at.cause) {
    if (at instanceof NotCommitted) return true;
  }
  return false;
}
