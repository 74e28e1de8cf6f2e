import { expect, test } from 'vitest';
import type { CallEventData, CallEventType } from '#src/lib/calls/call-event.ts';
import { startClock } from '#src/server/agent/call-clock.ts';
import { SpeechLedger } from '#src/server/agent/speech-ledger.ts';
import { newHandle } from '#src/server/agent/testing/new-handle.ts';
import { Turn } from '#src/server/agent/turn.ts';

function open() {
  const told: { type: string; data: Record<string, unknown>; turnId: string | undefined }[] = [];
  const write = <T extends CallEventType>(
    type: T,
    data: CallEventData<T>,
    ids: { turnId?: string | undefined } = {},
  ) => {
    told.push({ type, data: { ...data }, turnId: ids.turnId });
  };
  const words: string[] = [];
  const ledger = new SpeechLedger({
    events: { write },
    clock: startClock(),
    onChange: () => {},
    onWords: (text) => words.push(text),
  });
  return { ledger, told, words };
}

test('an answer is told with its turn and its delay, and ends with its text', () => {
  const { ledger, told } = open();
  const handle = newHandle({ scheduled: true });
  const turn = new Turn({ handle, text: 'hi', source: 'spoken' });
  turn.callerStoppedAt = Date.now() - 480;
  const utterance = ledger.open(handle, 'answer', turn);
  utterance.begin('Seven left.').audioMs = 900;
  ledger.started(turn.callerStoppedAt + 480);
  expect(ledger.sounding).toBe(true);
  ledger.finished(900, false);
  expect(ledger.sounding).toBe(false);
  expect(told).toMatchObject([
    { type: 'agent-speech-started', turnId: turn.id, data: { text: 'Seven left.', kind: 'answer', delayMs: 480 } },
    { type: 'agent-speech-ended', turnId: turn.id, data: { text: 'Seven left.' } },
  ]);
});

test('a guess that is not scheduled is not taken for what sounds', () => {
  const { ledger, told } = open();
  const guess = ledger.open(newHandle({ scheduled: false }), 'answer', null);
  guess.begin('A guess.').audioMs = 500;
  const greeting = ledger.open(newHandle({ scheduled: true }), 'greeting', null);
  greeting.begin('Hello.').audioMs = 500;
  ledger.started(Date.now());
  expect(told[0]?.data.text).toBe('Hello.');
});

test('cut off: what was heard and what was not, and the wait for it ends [B3]', async () => {
  const { ledger, told, words } = open();
  const handle = newHandle({ scheduled: true });
  const utterance = ledger.open(handle, 'answer', null);
  utterance.begin('one two three four').audioMs = 2000;
  ledger.started(Date.now());
  handle.interrupt();
  const settled = ledger.settled(5_000);
  ledger.finished(1000, true);
  await settled;
  expect(told.at(-1)).toMatchObject({
    type: 'agent-speech-interrupted',
    data: { heard: 'one two', unheard: 'three four' },
  });
  // Whoever reads along sees what was heard, and no more.
  expect(words).toEqual(['one two three four', 'one two']);
});

test('cut off by force, the room tells late or not at all: what was played counts as heard [B3]', async () => {
  for (const tells of [true, false]) {
    const { ledger, told } = open();
    const handle = newHandle({ scheduled: true });
    const utterance = ledger.open(handle, 'answer', null);
    utterance.begin('one two three four').audioMs = 2000;
    ledger.started(Date.now() - 1000);
    handle.interrupt();
    handle._markDone();
    const settled = ledger.settled();
    if (tells) ledger.finished(1000, true);
    await settled;
    expect(told.at(-1)?.data, String(tells)).toMatchObject({ heard: 'one two', unheard: 'three four' });
  }
});

test('a filler and the answer after it are two utterances of one reply', () => {
  const { ledger, told } = open();
  const handle = newHandle({ scheduled: true });
  for (const [kind, text] of [
    ['filler', 'One moment.'],
    ['answer', 'Seven.'],
  ] as const) {
    ledger.open(handle, kind, null).begin(text).audioMs = 400;
    ledger.started(Date.now());
    ledger.finished(400, false);
  }
  expect(
    told
      .filter((event) => event.type === 'agent-speech-started')
      .map((event) => [event.data.speechId, event.data.kind]),
  ).toEqual([
    [`${handle.id}-1`, 'filler'],
    [`${handle.id}-2`, 'answer'],
  ]);
});
