import { expect, test } from 'vitest';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { callFacts } from '#src/lib/calls/call-facts.ts';
import { callView } from '#src/lib/calls/call-view.ts';
import { SampleLog } from '#src/lib/flags/testing/sample-log.ts';

const factsOf = (log: CallEvent[]) => callFacts(log, callView(log));

test('a call is found by its tools, its writes, its longest wait and its words [C9]', () => {
  const facts = factsOf(
    new SampleLog()
      .caller('two funghi please')
      .tool('check_stock', 'read', 'failed')
      .tool('place_order', 'write', 'succeeded', { code: 'A1' }, { item: 'funghi', sizes: ['big', 'small'] })
      .tool('place_order', 'write', 'in-doubt')
      .agent('Done.', 'answer', 800)
      .agent('Anything else?', 'answer', 1_900)
      .hungUp(),
  );
  expect(facts).toMatchObject({
    tools: ['check_stock', 'place_order'],
    failedTools: ['check_stock', 'place_order'],
    writesDone: 1,
    replyMs: 1_900,
  });
  expect(facts.durationMs).toBeGreaterThan(3_000);
  expect(facts.texts.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    'agent: Hello, how can I help?',
    'caller: two funghi please',
    'tool: check_stock',
    'tool: It does not work.',
    'tool: place_order item funghi sizes big small',
    'tool: {"code":"A1"}',
    'tool: place_order',
    'tool: No answer came in time.',
    'agent: Done.',
    'agent: Anything else?',
  ]);
  const caller = facts.texts.find(({ kind }) => kind === 'caller');
  expect(caller?.at, 'where the caller begins, not where the turn is taken').toBe(2_620);
});

test('control characters and endless answers are not kept [C9]', () => {
  const [, tool] = factsOf(
    new SampleLog().tool('read', 'read', 'succeeded', `\u0001${'long '.repeat(5_000)}`).hungUp(),
  ).texts.filter(({ kind }) => kind === 'tool');
  expect(tool?.text.length).toBeLessThanOrEqual(4_000);
  expect(tool?.text).not.toMatch(/\p{Cc}/u);
});
