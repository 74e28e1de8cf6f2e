import { expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { changedLines, configChanges, withTool } from '#src/lib/assistants/config-changes.ts';

const published = assistantConfigSchema.parse({
  name: 'Luigi',
  instructions: 'You are Luigi.\nTake orders.\nSay at most two sentences.',
  tools: [{ serverId: 's1', tools: ['get_menu', 'place_order'] }],
  rehearsalPhrases: ['how many are left'],
});
const serverName = (id: string) => (id === 's1' ? 'POS' : id);
const words = (draft: typeof published) =>
  configChanges(published, draft, serverName).map((change) => `${change.mark} ${change.text}`);

const draft = {
  ...withTool(
    withTool(published, { serverId: 's1', tool: 'place_order' }, false),
    { serverId: 's2', tool: 'find_slots' },
    true,
  ),
  greeting: 'Good evening.',
  instructions: 'You are Luigi.\nTake orders.\nIf the kitchen has started, say so.\nSay at most two sentences.',
  rehearsalPhrases: ['how many are left', 'book a table'],
  thinking: { kind: 'provider' as const, providerId: 'p1', model: 'gpt' },
  limits: { ...published.limits, silenceMs: 8000 },
};

test('every kind of change is named once', () => {
  expect(words(draft)).toEqual([
    '+ Instructions, line 3',
    '~ Greeting',
    '~ Thinks, rehearsal → gpt',
    '+ find_slots on s2',
    '- place_order on POS',
    '+ Rehearsal, “book a table”',
    '~ Silence, 20 → 8 s',
  ]);
  expect(words(published)).toEqual([]);
});

test('each change can be taken back alone, and all of them lead back to what is published', () => {
  for (const change of configChanges(published, draft, serverName)) {
    const rest = configChanges(published, change.undo(draft), serverName).map((one) => one.id);
    expect(rest).not.toContain(change.id);
    expect(rest).toHaveLength(6);
  }
  let now: typeof published = draft;
  for (let left = 0; left < 10; left++) now = configChanges(published, now, serverName)[0]?.undo(now) ?? now;
  expect(words(now)).toEqual([]);
});

test('changed lines are those of the draft', () => {
  expect([...changedLines('a\nb\nc', 'a\nx\nb\nc\ny')]).toEqual([1, 4]);
  expect([...changedLines('a\nb', 'b')]).toEqual([]);
});

test('resources and prompts that a model is told are changes too, each taken back alone [V16]', () => {
  const before = { ...published, prompts: [{ serverId: 's1', name: 'tone', arguments: { style: 'calm' } }] };
  const after = {
    ...before,
    context: [{ serverId: 's1', uri: 'shop://menu' }],
    prompts: [{ serverId: 's1', name: 'tone', arguments: { style: 'cheerful' } }],
  };
  const changes = configChanges(before, after, serverName);
  expect(changes.map(({ mark, text }) => `${mark} ${text}`)).toEqual([
    '+ Resource shop://menu of POS',
    '~ Prompt tone of POS',
  ]);
  expect(changes[0]?.undo(after)).toEqual({ ...after, context: [] });
  expect(changes[1]?.undo(after)).toEqual({ ...after, prompts: before.prompts });
  expect(configChanges(before, before, serverName)).toEqual([]);
});
