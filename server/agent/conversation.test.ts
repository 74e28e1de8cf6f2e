import { expect, test } from 'vitest';
import { Conversation } from '#src/server/agent/conversation.ts';
import { newHandle } from '#src/server/agent/testing/new-handle.ts';
import { Turn } from '#src/server/agent/turn.ts';
import { type SpeechKind, Utterance } from '#src/server/agent/utterance.ts';

const handle = () => newHandle({ scheduled: true });
const turn = (text: string) => new Turn({ handle: handle(), text, source: 'spoken' });
function said(kind: SpeechKind, text: string, playedMs: number | 'all'): Utterance {
  const utterance = new Utterance({ id: text, kind, handle: handle(), turn: null });
  utterance.begin(text).audioMs = 1000;
  utterance.startedAt = 1;
  utterance.finish(playedMs);
  return utterance;
}

test('the model is told what was said, which tools ran, and of its own words only those heard [B3]', () => {
  const conversation = new Conversation();
  conversation.add(said('greeting', 'Hello there.', 'all'));
  const asked = turn('how many are left');
  asked.exchanges.push({ callId: 'c1', name: 'count', arguments: '{"item":"x"}', output: '{"left":7}' });
  conversation.add(asked);
  conversation.add(said('filler', 'One moment.', 'all'));
  conversation.add(said('answer', 'There are seven of them left.', 500));
  const next = turn('stop');
  expect(conversation.items(next)).toEqual([
    {
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'Hello there.' }],
    },
    { type: 'message', role: 'user', content: 'how many are left' },
    { type: 'function_call', callId: 'c1', name: 'count', arguments: '{"item":"x"}', status: 'completed' },
    {
      type: 'function_call_result',
      callId: 'c1',
      name: 'count',
      status: 'completed',
      output: { type: 'text', text: '{"left":7}' },
    },
    {
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'There are seven' }],
    },
    { type: 'message', role: 'user', content: 'stop' },
  ]);
});

test('an answer of which nothing was heard was never said [B3]', () => {
  const conversation = new Conversation();
  conversation.add(said('answer', 'Nobody hears this.', 0));
  expect(conversation.items()).toEqual([]);
});
