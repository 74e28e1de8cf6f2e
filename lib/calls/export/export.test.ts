import { expect, test } from 'vitest';
import { type CallEvent, parseCallEvent } from '#src/lib/calls/call-event.ts';
import { callView } from '#src/lib/calls/call-view.ts';
import { callMarkdown } from '#src/lib/calls/export/call-markdown.ts';
import { callWebVtt } from '#src/lib/calls/export/call-webvtt.ts';

const names = { serverId: 's', serverName: 'Till <b>', tool: 'place_order' };
const rows: [at: number, type: CallEvent['type'], data: unknown, toolCallId?: string][] = [
  [0, 'call-started', {}],
  [500, 'agent-speech-started', { speechId: 'a', text: 'Hello.', kind: 'greeting', delayMs: null }],
  [1_500, 'agent-speech-ended', { speechId: 'a', text: 'Hello.' }],
  [2_000, 'caller-speech-started', {}],
  [3_250, 'caller-speech-ended', { ms: 1_250 }],
  [3_300, 'turn-committed', { text: 'two *pizzas* & <script>', source: 'spoken', confidence: 0.9 }],
  [3_400, 'tool-started', { ...names, arguments: { note: '```\n# not a heading' }, effect: 'write' }, 't'],
  [3_900, 'tool-failed', { ...names, ms: 500, code: 'tool-error', message: 'Sold out.' }, 't'],
  [4_000, 'agent-speech-started', { speechId: 'b', text: 'Sorry.', kind: 'answer', delayMs: 750 }],
  [4_600, 'agent-speech-interrupted', { speechId: 'b', heard: 'Sorry, that', unheard: 'is sold out.' }],
  [3_700_000, 'call-ended', { reason: 'caller-hung-up', durationMs: 3_700_000 }],
];
const events = rows.map(([at, type, data, toolCallId], i) =>
  parseCallEvent({
    seq: i + 1,
    at,
    type,
    data,
    recordedAt: new Date(1_750_000_000_000 + at).toISOString(),
    ...(toolCallId ? { toolCallId } : {}),
  }),
);
const call = {
  id: 'call_1',
  assistantName: 'Luigi',
  version: 3,
  caller: { kind: 'member' as const, name: 'Ada' },
  placedAt: '2026-11-21T10:00:00.000Z',
};

test('a transcript in Markdown: nothing that was said or answered becomes markup [C9]', () => {
  const text = callMarkdown(call, callView(events));
  expect(text).toContain('- Assistant: Luigi, version 3');
  expect(text).toContain('Caller:** two \\*pizzas\\* & \\<script\\>');
  expect(text).toContain('Sorry, that ~~is sold out.~~ (cut off)');
  expect(text).toContain('`place_order` on Till \\<b\\>, failed: Sold out.');
  expect(text).toContain('"note": "```\\n# not a heading"');
  // The block is closed by a longer fence than any in it.
  expect(text.match(/^`{4}/gm)).toHaveLength(2);
});

test('subtitles: a cue a turn on the clock of the recording, with who speaks and only what was heard [C9]', () => {
  const cues = [
    'WEBVTT',
    '00:00:00.500 --> 00:00:01.500\n<v Luigi>Hello.',
    '00:00:02.000 --> 00:00:03.250\n<v Caller>two *pizzas* &amp; &lt;script&gt;',
    '00:00:04.000 --> 00:00:05.000\n<v Luigi>Sorry, that',
  ];
  expect(callWebVtt(callView(events), 'Luigi')).toBe(`${cues.join('\n\n')}\n`);
});
