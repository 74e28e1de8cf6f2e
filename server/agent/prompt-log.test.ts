import type { AgentInputItem } from '@openai/agents';
import { expect, test } from 'vitest';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import type { PromptChange } from '#src/lib/calls/prompt-change.ts';
import { sentPrompt } from '#src/lib/calls/sent-prompt.ts';
import { promptLog } from '#src/server/agent/prompt-log.ts';

const said = (content: string): AgentInputItem => ({ type: 'message', role: 'user', content });
const started = (seq: number, prompt: PromptChange): CallEvent => ({
  seq,
  at: seq,
  recordedAt: '2026-01-01T00:00:00Z',
  type: 'model-started',
  data: { model: 'm', round: 1, prompt },
});

test('each round tells what is new, and the whole prompt comes back from the log [B11]', () => {
  const log = promptLog();
  const rounds = [
    { systemInstructions: 'Be kind.', input: [said('hello')], tools: [] },
    { systemInstructions: 'Be kind.', input: [said('hello'), said('two pizzas')], tools: [] },
    // What was not heard of an answer is taken back: an item in the middle is another now.
    { systemInstructions: 'Be kind. Be quick.', input: [said('hello'), said('one pizza'), said('please')], tools: [] },
  ];
  const changes = rounds.map((round) => log(round));
  expect(changes[1]).toEqual({ same: 1, items: [said('two pizzas')] });
  const events = changes.map((change, i) => started(i + 1, change));
  for (const [i, round] of rounds.entries())
    expect(sentPrompt(events, i + 1)).toEqual({
      instructions: round.systemInstructions,
      tools: [],
      items: round.input,
    });
});

test('what is long is cut, and says by how much', () => {
  const [item] = promptLog()({ systemInstructions: '', input: [said('x'.repeat(9_000))], tools: [] }).items;
  expect(JSON.stringify(item)).toMatch(/… \(\d+ characters more\)/);
  expect(JSON.stringify(item).length).toBeLessThan(4_500);
});
