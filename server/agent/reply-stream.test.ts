import { FlushSentinel } from '@livekit/agents';
import { expect, test } from 'vitest';
import { ReplyStream } from '#src/server/agent/reply-stream.ts';

async function pieces(reply: ReplyStream) {
  const out: (string | symbol)[] = [];
  for await (const piece of reply.stream) out.push(piece);
  return out;
}

test('a filler between two parts of an answer is an utterance of its own [V8]', async () => {
  const reply = new ReplyStream({ onCancel: () => {} });
  reply.say('Let me look. ', 'answer');
  reply.pause();
  reply.say('One moment.', 'filler');
  reply.pause();
  reply.say('Seven ', 'answer');
  reply.say('left.', 'answer');
  reply.close();
  expect(await pieces(reply)).toEqual([
    'Let me look. ',
    FlushSentinel,
    'One moment.',
    FlushSentinel,
    'Seven ',
    'left.',
  ]);
  expect([reply.nextKind(), reply.nextKind(), reply.nextKind()]).toEqual(['answer', 'filler', 'answer']);
});

test('white space alone begins nothing, and a filler alone is no answer', async () => {
  const reply = new ReplyStream({ onCancel: () => {} });
  reply.say(' ', 'answer');
  reply.say('One moment.', 'filler');
  expect(reply.said).toBe(false);
  reply.close();
  reply.say('too late', 'answer');
  expect(await pieces(reply)).toEqual(['One moment.']);
});
