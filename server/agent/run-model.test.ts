import type { Model, StreamEvent } from '@openai/agents';
import { expect, test } from 'vitest';
import { AppError } from '#src/lib/app-error.ts';
import type { CallEventData, CallEventType } from '#src/lib/calls/call-event.ts';
import { confirmationWords } from '#src/lib/confirmation/words.ts';
import { defaultLimits } from '#src/lib/mcp/mcp-server.ts';
import { newToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { callTools } from '#src/server/agent/call-tools.ts';
import { PendingWrites } from '#src/server/agent/pending-writes.ts';
import { ReplyStream } from '#src/server/agent/reply-stream.ts';
import { modelRunner } from '#src/server/agent/run-model.ts';
import { newHandle } from '#src/server/agent/testing/new-handle.ts';
import { nameTools } from '#src/server/agent/tool-names.ts';
import { Turn } from '#src/server/agent/turn.ts';

const apology = 'Sorry about that.';
const usage = { requests: 1, inputTokens: 3, outputTokens: 2, totalTokens: 5 };

type Round = (round: number) => AsyncIterable<StreamEvent>;

function model(answer: Round): Model {
  let round = 0;
  return {
    getResponse: () => Promise.reject(new Error('streams only')),
    getStreamedResponse: () => answer(++round),
  };
}

async function* say(text: string): AsyncGenerator<StreamEvent> {
  yield { type: 'response_started' };
  yield { type: 'output_text_delta', delta: text };
  yield {
    type: 'response_done',
    response: {
      id: 'r',
      usage,
      output: [{ type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text }] }],
    },
  };
}

async function* call(name: string): AsyncGenerator<StreamEvent> {
  yield {
    type: 'response_done',
    response: {
      id: 'r',
      usage,
      output: [{ type: 'function_call', callId: 'c1', name, arguments: '{}', status: 'completed' }],
    },
  };
}

function run(answer: Round, tool: () => Promise<string> = async () => '{"left":7}') {
  const told: { type: string; data: Record<string, unknown> }[] = [];
  const named = nameTools([
    {
      id: 's',
      name: 'S',
      transport: 'streamable-http',
      url: 'http://127.0.0.1/mcp',
      auth: { type: 'none' },
      credentialId: null,
      stdio: null,
      envCredentialId: null,
      rest: null,
      limits: defaultLimits,
      phase: 'live',
      instructions: null,
      era: null,
      tools: [
        {
          hash: 'h',
          definition: { name: 'count', inputSchema: { type: 'object' } },
          policy: { ...newToolPolicy, allowed: true },
        },
      ],
    },
  ]);
  const turn = new Turn({ handle: newHandle({ scheduled: false }), text: 'how many', source: 'spoken' });
  const reply = new ReplyStream({ onCancel: () => turn.stop() });
  const finished = modelRunner({
    model: model(answer),
    modelName: 'test',
    price: null,
    settings: {},
    instructions: '',
    tools: callTools(named, { asks: () => null, run: async () => ({ state: 'succeeded', answer: await tool() }) }),
    pending: new PendingWrites({
      events: { write: () => {} },
      words: confirmationWords.en,
      heardIn: () => '',
      now: () => 0,
      decided: () => {},
    }),
    oneMoment: 'One moment.',
    events: {
      write: <T extends CallEventType>(type: T, data: CallEventData<T>) => void told.push({ type, data: { ...data } }),
    },
    now: () => Math.round(performance.now()),
    apology,
    slowPhrase: 'One moment. ',
    slowAfterMs: 40,
    onProblem: () => {},
  }).answer(turn, reply, [{ role: 'user', content: 'how many' }]);
  const heard = (async () => {
    let text = '';
    for await (const piece of reply.stream) if (typeof piece === 'string') text += piece;
    return text;
  })();
  return { turn, told, finished, heard };
}

test('a tool waits for the commit, and its answer leads to the words [V13]', async () => {
  let calls = 0;
  const { turn, told, heard } = run(
    (round) => (round === 1 ? call('count') : say('Seven left.')),
    async () => {
      calls += 1;
      return '{"left":7}';
    },
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(calls).toBe(0);
  expect(told).toEqual([]);
  turn.commit();
  expect(await heard).toBe('Seven left.');
  expect(calls).toBe(1);
  expect(told.map((event) => event.type)).toEqual([
    'model-started',
    'model-answered',
    'model-started',
    'model-answered',
  ]);
  expect(told[1]?.data).toMatchObject({ toolCalls: 1, inputTokens: 3 });
  expect(turn.exchanges).toMatchObject([{ callId: 'c1', name: 'count', output: '{"left":7}' }]);
});

test('a guess that is dropped calls no tool and says nothing', async () => {
  let calls = 0;
  const { turn, heard, told } = run(
    () => call('count'),
    async () => {
      calls += 1;
      return '';
    },
  );
  await new Promise((resolve) => setTimeout(resolve, 30));
  turn.handle._cancel();
  expect(await heard).toBe('');
  expect(calls).toBe(0);
  expect(told).toEqual([]);
});

const silent = async function* (): AsyncGenerator<StreamEvent> {
  yield { type: 'response_done', response: { id: 'r', usage, output: [] } };
};
const broken = async function* (): AsyncGenerator<StreamEvent> {
  yield { type: 'output_text_delta', delta: 'There are ' };
  throw new AppError('provider-lost', 'The connection broke.');
};

test.each([
  ['a model that fails', () => broken(), `There are ${apology}`, true],
  ['a model that says nothing', () => silent(), apology, false],
  ['a model that asks for tools without end', () => call('count'), apology, false],
])('%s is apologised for instead of silence', async (_name, answer, expected, failed) => {
  const { turn, heard, told } = run(answer);
  turn.commit();
  expect(await heard).toBe(expected);
  expect(told.some((event) => event.type === 'model-failed')).toBe(failed);
});

test('a tool that does not exist is told to the model', async () => {
  const { turn, heard } = run((round) => (round === 1 ? call('imagined') : say('I cannot do that.')));
  turn.commit();
  expect(await heard).toBe('I cannot do that.');
});

test('a model that is slow to begin is bridged once the turn is certain, never a guess [V8]', async () => {
  const slowly = async function* () {
    await new Promise((resolve) => setTimeout(resolve, 120));
    yield* say('Seven left.');
  };
  const counted = run(slowly);
  counted.turn.commit();
  expect(await counted.heard).toBe('One moment. Seven left.');
  const guess = run(slowly);
  expect(await guess.heard).toBe('Seven left.');
});
