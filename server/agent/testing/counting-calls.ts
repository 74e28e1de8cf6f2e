import { setTimeout as sleep } from 'node:timers/promises';
import { LLMock } from '@copilotkit/aimock';
import { and, eq } from 'drizzle-orm';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { newToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { frozenServer } from '#src/server/agent/testing/frozen-server.ts';
import { eventsOf, placeTestCall, testTeam, type VoiceStack } from '#src/server/agent/testing/voice-stack.ts';
import { sendControl } from '#src/server/calls/livekit.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { writeRequests } from '#src/server/db/schema.ts';
import { type JoinedCaller, joinAsCaller } from '#src/server/qa/join-as-caller.ts';
import { speakLine } from '#src/server/qa/speak-line.ts';
import { type Fault, type FaultyTill, faults, startFaultyTill } from '#src/server/tools/testing/faulty-till.ts';

/** What came of some voice calls, each of which orders from a till that fails at random. */
export type CountedCalls = {
  calls: number;
  /** Orders that a yes released. */
  released: number;
  done: number;
  notDone: number;
  inDoubt: number;
  /** Orders that arrived more often than they were released. */
  double: number;
  /** Orders whose fate the log, the ledger and the till tell differently, or not at all. */
  unaccounted: number;
  /** Answers that the caller talked over, and requests that the model made twice. */
  interruptions: number;
  duplicates: number;
};

const pizza = 'margherita';
const order = `place an order for a ${pizza}`;
/** What the caller does after the order: says yes, talks into the read-back first, talks into the answer, or orders again. */
const manners = ['yes', 'into the read-back', 'into the answer', 'again'] as const;

/** Places `count` voice calls one after the other; the same `seed` makes the same calls. */
export async function countedCalls(stack: VoiceStack, count: number, seed = 1): Promise<CountedCalls> {
  const random = generator(seed);
  const mock = new LLMock({ port: 0, logLevel: 'silent' });
  const request = { name: 'place_order', arguments: JSON.stringify({ order: pizza }) };
  mock.on({ hasToolResult: true }, { content: 'All right, anything else?' });
  mock.on({ userMessage: 'order' }, { toolCalls: [request, request] });
  mock.on({ userMessage: /./ }, { content: 'What can I do for you?' });
  const modelUrl = `${await mock.start()}/v1`;
  const sum: CountedCalls = {
    calls: 0,
    released: 0,
    done: 0,
    notDone: 0,
    inDoubt: 0,
    double: 0,
    unaccounted: 0,
    interruptions: 0,
    duplicates: 0,
  };
  try {
    for (let i = 0; i < count; i++) {
      const fault = faults[Math.floor(random() * faults.length)] ?? 'none';
      const manner = manners[i % manners.length] ?? 'yes';
      const duplicates = i % 2 === 1;
      const counted = await countedCall(stack, {
        fault,
        delayMs: Math.round(random() * 1_200),
        manner,
        pauseMs: Math.round(200 + random() * 800),
        modelUrl: duplicates ? modelUrl : null,
      });
      sum.calls += 1;
      for (const [name, value] of Object.entries(counted)) sum[name as keyof typeof counted] += value;
    }
  } finally {
    await mock.stop();
  }
  return sum;
}

type Wish = {
  fault: Fault;
  delayMs: number;
  manner: (typeof manners)[number];
  pauseMs: number;
  modelUrl: string | null;
};

async function countedCall(stack: VoiceStack, wish: Wish): Promise<Omit<CountedCalls, 'calls'>> {
  const till = await startFaultyTill(
    () => ({ fault: wish.fault, delayMs: wish.delayMs }),
    [pizza, 'funghi', 'diavola'],
  );
  try {
    const step = { kind: 'provider' as const, providerId: 'model', model: 'gpt-test' };
    const call = await placeTestCall(
      { greeting: 'Hello.', rehearsalPhrases: [order], ...(wish.modelUrl ? { thinking: step } : {}) },
      [
        await frozenServer({ id: 'srv_till', name: 'Till', url: till.url }, () => ({
          ...newToolPolicy,
          allowed: true,
          timeoutMs: 1_500,
        })),
      ],
      wish.modelUrl
        ? [{ id: 'model', name: 'Model', kind: 'openai-compatible', baseUrl: wish.modelUrl, credentialId: null }]
        : [],
      [order, 'yes please', 'what can you do', 'no thank you'],
    );
    const caller = await joinAsCaller({ url: stack.livekitUrl, token: call.token });
    const say = (line: string) => saying(stack, caller, line);
    await caller.ear.sound(performance.now(), 20_000);
    await caller.ear.quiet(20_000);
    await say(order);
    if (wish.manner === 'into the read-back') {
      await sleep(wish.pauseMs);
      await say('yes please');
    }
    await caller.ear.quiet(20_000);
    const saidYes = await say('yes please');
    if (wish.manner === 'into the answer') {
      await sleep(wish.pauseMs);
      await say('what can you do');
    }
    await caller.ear.sound(saidYes, 8_000);
    await caller.ear.quiet(20_000);
    if (wish.manner === 'again') {
      await say(order);
      await caller.ear.quiet(20_000);
      await say('yes please');
      await caller.ear.quiet(20_000);
    }
    await sendControl(call.room, { type: 'end', reason: 'caller-hung-up' }).catch(() => {});
    await ended(call.callId);
    await caller.leave();
    return tally(await eventsOf(call.callId), await rowsOf(call.callId), till);
  } finally {
    till.stop();
  }
}

async function saying(stack: VoiceStack, caller: JoinedCaller, line: string): Promise<number> {
  const saidAt = await caller.microphone.say(await speakLine(stack.speech, line));
  await caller.ear.sound(saidAt, 6_000);
  return saidAt;
}

/** Compares what the log, the ledger and the till tell of each order. */
function tally(
  events: readonly CallEvent[],
  rows: readonly { toolCallId: string; state: string }[],
  till: FaultyTill,
): Omit<CountedCalls, 'calls'> {
  const fates = new Map<string, string>();
  let duplicates = 0;
  let interruptions = 0;
  for (const event of events) {
    const id = event.toolCallId ?? '';
    if (event.type === 'agent-speech-interrupted') interruptions += 1;
    if (event.type === 'tool-started' && event.data.repeatOf !== undefined) duplicates += 1;
    if (event.type === 'tool-started' && event.data.repeatOf === undefined) fates.set(id, 'unknown');
    if (!fates.has(id)) continue;
    if (event.type === 'tool-succeeded') fates.set(id, 'done');
    if (event.type === 'tool-failed') fates.set(id, 'not-done');
    if (event.type === 'tool-in-doubt') fates.set(id, 'in-doubt');
  }
  const count = (fate: string) => [...fates.values()].filter((one) => one === fate).length;
  const [arrived, taken] = [till.arrived.get(pizza) ?? 0, till.taken.get(pizza) ?? 0];
  const [done, notDone, inDoubt] = [count('done'), count('not-done'), count('in-doubt')];
  const wrongInLedger = [...fates].filter(
    ([id, fate]) => !rows.some((row) => row.toolCallId === id && row.state === fate),
  ).length;
  // What is done was taken; more than that can only be what is in doubt.
  const wrongAtTill = Math.max(0, done - taken) + Math.max(0, taken - done - inDoubt);
  return {
    released: fates.size,
    done,
    notDone,
    inDoubt,
    double: Math.max(0, arrived - fates.size),
    unaccounted: count('unknown') + wrongInLedger + wrongAtTill,
    interruptions,
    duplicates,
  };
}

async function rowsOf(callId: string) {
  const here = and(eq(writeRequests.teamId, testTeam), eq(writeRequests.callId, callId));
  return forTeam(testTeam, (tx) =>
    tx.select({ toolCallId: writeRequests.toolCallId, state: writeRequests.state }).from(writeRequests).where(here),
  );
}

async function ended(callId: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const events = await eventsOf(callId);
    if (events.some(({ type }) => type === 'call-ended' || type === 'call-failed')) return;
    await sleep(100);
  }
  throw new Error('The call does not end.');
}

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
