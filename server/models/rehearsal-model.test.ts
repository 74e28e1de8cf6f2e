import { Agent, type AgentInputItem, Runner, tool } from '@openai/agents';
import { expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { createRehearsalGuide, createRehearsalModel } from '#src/server/models/rehearsal-model.ts';
import { restaurant } from '#src/server/speech/testing/fixture-tools.ts';

const config = assistantConfigSchema.parse({ name: 'Luigi', rehearsalPhrases: restaurant.phrases });
const clock = (): Date => new Date(2026, 4, 1, 18);
const options = { config, tools: restaurant.tools, clock };

/** The real Runner with the real model; only the tools answer from a table. */
function assistant(answers: Record<string, unknown>) {
  const calls: string[] = [];
  const agent = new Agent({
    name: 'Luigi',
    model: createRehearsalModel(options),
    tools: restaurant.tools.map(({ key }) =>
      tool({
        name: key,
        description: key,
        strict: false,
        parameters: { type: 'object', properties: {}, required: [], additionalProperties: true },
        execute: async (args) => {
          calls.push(`${key} ${JSON.stringify(args)}`);
          return JSON.stringify(answers[key] ?? {});
        },
      }),
    ),
  });
  const runner = new Runner({ tracingDisabled: true });
  let items: AgentInputItem[] = [];
  return {
    calls,
    async say(text: string): Promise<string> {
      const run = await runner.run(agent, [...items, { type: 'message', role: 'user', content: text }], {
        stream: true,
      });
      const pieces: string[] = [];
      for await (const piece of run.toTextStream()) pieces.push(piece);
      await run.completed;
      items = run.history;
      expect(pieces.length).toBeGreaterThan(1);
      return pieces.join('');
    },
  };
}

test('the Runner drives it like any other model: tool call, result, streamed words [B1]', async () => {
  const luigi = assistant({ check_inventory: { item: 'margherita', left: 7 } });
  expect(await luigi.say('how many margherita pizzas are left')).toBe('There are 7 margherita pizzas left.');
  expect(luigi.calls).toEqual(['check_inventory {"item":"margherita"}']);
});

test('a write is called as soon as all is known: whoever runs it asks for the yes', async () => {
  const luigi = assistant({ place_order: { order_number: 'A-2047' } });
  expect(await luigi.say('two margheritas for Mara please')).toBe('Done. Order number A-2047.');
  expect(luigi.calls).toEqual(['place_order {"item":"margherita","quantity":2,"pickup_name":"Mara"}']);
});

test('an answer without a stream is the same', async () => {
  const model = createRehearsalModel(options);
  const request = {
    input: 'hello',
    modelSettings: {},
    tools: [],
    outputType: 'text' as const,
    handoffs: [],
    tracing: false,
  };
  const { output, usage } = await model.getResponse(request);
  expect(output).toMatchObject([{ type: 'message', content: [{ text: 'Hello. What can I do for you?' }] }]);
  expect(usage.requests).toBe(1);
  await expect(model.getResponse({ ...request, signal: AbortSignal.abort() })).rejects.toThrow();
});

test('the guide follows the conversation', () => {
  const guide = createRehearsalGuide(options);
  const history: AgentInputItem[] = [
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'book a table' }] },
  ];
  expect(guide.sayable([]).phrases).toContain('How many margherita pizzas are left?');
  expect(guide.sayable(history)).toMatchObject({
    prompt: 'For which day?',
    phrases: expect.arrayContaining(['tomorrow']),
  });
  expect(guide.grammar(history).rules.some((rule) => rule.name === 'answer')).toBe(true);
  expect(guide.grammar([]).rules.some((rule) => rule.name === 'answer')).toBe(false);
});
