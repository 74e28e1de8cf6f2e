import { randomUUID } from 'node:crypto';
import type { Model } from '@openai/agents';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { CallEventData, CallEventType } from '#src/lib/calls/call-event.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import { confirmationWords } from '#src/lib/confirmation/words.ts';
import { newToolPolicy, type ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { callTools } from '#src/server/agent/call-tools.ts';
import { Conversation } from '#src/server/agent/conversation.ts';
import { PendingWrites } from '#src/server/agent/pending-writes.ts';
import { ReplyStream } from '#src/server/agent/reply-stream.ts';
import { modelRunner } from '#src/server/agent/run-model.ts';
import { newHandle } from '#src/server/agent/testing/new-handle.ts';
import { nameTools } from '#src/server/agent/tool-names.ts';
import { Turn } from '#src/server/agent/turn.ts';
import { Utterance } from '#src/server/agent/utterance.ts';
import { createRehearsalModel } from '#src/server/models/rehearsal-model.ts';
import { restaurant } from '#src/server/speech/testing/fixture-tools.ts';
import { askFirst } from '#src/server/tools/ask-first.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import { memoryWrites } from '#src/server/tools/testing/memory-writes.ts';
import { testRuntime, testServer } from '#src/server/tools/testing/test-runtime.ts';
import type { ToolResult } from '#src/server/tools/tool-outcome.ts';
import type { ToolRuntime } from '#src/server/tools/tool-runtime.ts';
import { WriteLedger } from '#src/server/tools/write-ledger.ts';

export type TalkOptions = {
  policy?: Partial<ToolPolicy>;
  /** The rehearsal model when not given. */
  model?: Model;
  answer?: (args: Record<string, unknown>) => Promise<unknown>;
  operatorMs?: number;
};

type Told = { type: string; data: Record<string, unknown>; turnId: string | undefined; toolCallId: string | undefined };

/**
 * The way of a turn without audio: the real Runner, model, conversation, pending writes and tool runtime; what is said counts as heard
 * at once. For tests of what becomes of a write.
 */
export function confirmedTalk(options: TalkOptions = {}) {
  const events: Told[] = [];
  const sent: Record<string, unknown>[] = [];
  const server: FrozenServer = {
    ...testServer({}),
    tools: restaurant.tools.map(({ definition, effect }) => ({
      hash: definition.name,
      definition,
      policy: { ...newToolPolicy, allowed: true, effect, ...(effect === 'write' ? options.policy : {}) },
    })),
  };
  const write = <T extends CallEventType>(
    type: T,
    data: CallEventData<T>,
    ids: { turnId?: string | undefined; toolCallId?: string | undefined } = {},
  ) => void events.push({ type, data: { ...data }, turnId: ids.turnId, toolCallId: ids.toolCallId });
  const store = memoryWrites();
  const writes = new WriteLedger(store.store);
  const { runtime } = testRuntime(async () => ({ content: [], isError: false }));
  const made: ToolRuntime = {
    ...runtime,
    write,
    writeThrough: async (type, data, ids) => {
      write(type, data, ids);
      return true;
    },
    writes,
    newId: randomUUID,
    slowAfterMs: 10_000,
    session: async () => ({
      callTool: async (_name, args): Promise<ToolResult> => {
        sent.push(args);
        const given = (await options.answer?.(args)) ?? { order_number: 'A-2047' };
        return { content: [], structuredContent: given, isError: false };
      },
    }),
  };
  const conversation = new Conversation();
  const heard = new Map<Turn, string>();
  const resumed: Promise<string>[] = [];
  const pending = new PendingWrites({
    events: { write },
    words: confirmationWords.en,
    heardIn: (turn) => heard.get(turn) ?? '',
    now: () => performance.now(),
    decided: (waiting, notDone) =>
      void resumed.push(reply('', (turn, stream) => model.resume(turn, stream, waiting, notDone))),
    ...(options.operatorMs === undefined ? {} : { operatorMs: options.operatorMs }),
  });
  const named = nameTools([server]);
  const config = assistantConfigSchema.parse({ name: 'Luigi', rehearsalPhrases: restaurant.phrases });
  const model = modelRunner({
    model:
      options.model ?? createRehearsalModel({ config, tools: restaurant.tools, clock: () => new Date(2026, 4, 1, 18) }),
    price: null,
    modelName: 'test',
    settings: {},
    instructions: '',
    tools: callTools(named, {
      asks: (one, args) =>
        askFirst(
          { writes, quarantined: () => false },
          { server, tool: one.tool.definition.name, args },
          confirmationWords.en,
        ),
      run: (one, args, { turn }, yes) =>
        runToolCall(made, {
          server,
          tool: one.tool.definition.name,
          args,
          signal: turn.signal,
          turnId: turn.id,
          toolCallId: yes?.toolCallId,
          release: yes?.release,
        }),
    }),
    pending,
    oneMoment: confirmationWords.en.oneMoment,
    events: { write },
    now: () => performance.now(),
    apology: 'Sorry about that.',
    slowPhrase: 'One moment. ',
    onProblem: (code) =>
      void events.push({ type: `problem ${code}`, data: {}, turnId: undefined, toolCallId: undefined }),
  });

  /** One reply from its beginning to its end; `heardWords` of it are heard. */
  async function reply(
    text: string,
    answer: (turn: Turn, stream: ReplyStream) => Promise<void>,
    { heardWords = Number.POSITIVE_INFINITY, commit = true } = {},
  ): Promise<string> {
    const handle = newHandle({ scheduled: true });
    const turn = new Turn({ handle, text, source: 'typed' });
    const stream = new ReplyStream({ onCancel: () => turn.stop() });
    const finished = answer(turn, stream);
    if (commit) {
      conversation.add(turn);
      turn.commit();
    }
    let said = '';
    for await (const piece of stream.stream) if (typeof piece === 'string') said += piece;
    await finished;
    const utterance = new Utterance({ id: randomUUID(), kind: 'answer', handle, turn });
    utterance.begin(said.trim());
    utterance.startedAt = 0;
    utterance.heard = said.trim().split(' ').slice(0, heardWords).join(' ');
    heard.set(turn, utterance.heard);
    if (commit) conversation.add(utterance);
    return said.trim();
  }

  return {
    events,
    /** Arguments of what reached the server. */
    sent,
    pending,
    rows: store.rows,
    conversation,
    /** Replies that came without the caller's words. */
    resumed,
    say: (text: string, heardWords?: number): Promise<string> =>
      reply(text, (turn, stream) => model.answer(turn, stream, conversation.items(turn)), {
        ...(heardWords === undefined ? {} : { heardWords }),
      }),
    /** Begins to answer a guess that never becomes a turn. */
    guess: async (text: string): Promise<void> => {
      const handle = newHandle({ scheduled: true });
      const turn = new Turn({ handle, text, source: 'spoken' });
      const stream = new ReplyStream({ onCancel: () => turn.stop() });
      const finished = model.answer(turn, stream, conversation.items(turn));
      await new Promise((resolve) => setTimeout(resolve, 30));
      turn.stop();
      await finished;
    },
    kinds: () => events.map((event) => event.type).filter((type) => type.startsWith('tool-')),
  };
}
