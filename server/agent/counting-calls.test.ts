import { dispose } from '@livekit/rtc-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countedCalls } from '#src/server/agent/testing/counting-calls.ts';
import { startVoiceStack, type VoiceStack } from '#src/server/agent/testing/voice-stack.ts';
import { closeConnection } from '#src/server/db/connection.ts';

let stack: VoiceStack;
beforeAll(async () => {
  stack = await startVoiceStack();
});
afterAll(async () => {
  await stack.stop();
  await dispose();
  await closeConnection();
});

// `npm run bench -- writes` places twenty of them.
test('voice calls over a till that fails: no order is sent twice, and each is accounted for [V13]', async () => {
  const counted = await countedCalls(stack, 4, 7);
  expect(counted).toMatchObject({ calls: 4, double: 0, unaccounted: 0 });
  expect(counted.released).toBeGreaterThan(0);
  expect(counted.done + counted.notDone + counted.inDoubt).toBe(counted.released);
}, 180_000);
