import { expect, test } from 'vitest';
import { type CallEvent, callEventTypes, parseCallEvent } from '#src/lib/calls/call-event.ts';
import { sharedView } from '#src/lib/links/shared-call.ts';
import { sharedFindings } from '#src/lib/links/shared-findings.ts';
import { sharedLog } from '#src/lib/links/shared-log.ts';

const server = { serverId: 'srv_SECRET', serverName: 'Bookings', tool: 'find_table' };
const times = { limitsMs: 1, tryMs: 2 };
/** One event of every type, with SECRET in whatever may not leave, and GIVEN in what tools were given and answered. */
const data: Record<string, unknown> = {
  'call-placed': { assistant: 'Luigi', version: 1, caller: 'SECRET', synthetic: false },
  'agent-dispatched': { attempt: 2 },
  'agent-late': { attempt: 1, waitedMs: 2000 },
  'call-started': { dispatchMs: 12 },
  'caller-joined': { name: 'SECRET', synthetic: true },
  'caller-left': { graceMs: 30_000 },
  'server-connected': { ...server, ms: 4, protocolVersion: 'SECRET', tools: 3 },
  'server-failed': { ...server, ms: 4, code: 'SECRET', message: 'SECRET' },
  'definition-quarantined': { ...server, was: 'SECRET', is: 'SECRET' },
  'tools-changed': { ...server, offered: ['SECRET'], withdrawn: [] },
  'context-read': { ...server, kind: 'prompt', name: 'SECRET', ms: 1, chars: 1, cutChars: 0, again: false },
  'context-failed': { ...server, kind: 'prompt', name: 'SECRET', code: 'SECRET', message: 'SECRET' },
  'caller-speech-started': {},
  'caller-speech-ended': { ms: 900 },
  'caller-not-understood': { heard: 'mumble', confidence: 0.2 },
  'turn-committed': { text: 'call me at 555-123-4567', source: 'spoken', confidence: 0.9, transcriptMs: 3 },
  'model-started': { model: 'SECRET', round: 1, prompt: { instructions: 'SECRET', tools: [], items: [], same: 0 } },
  'model-answered': { model: 'SECRET', ms: 5, firstTokenMs: 2, inputTokens: 77, outputTokens: 77, toolCalls: 0 },
  'model-failed': { model: 'SECRET', ms: 5, code: 'SECRET', message: 'SECRET' },
  'agent-speech-started': { speechId: 'speech-1', text: 'Hello', kind: 'greeting', delayMs: null },
  'agent-speech-interrupted': { speechId: 'speech-1', heard: 'It is 4111 1111', unheard: '1111 1111, right?' },
  'agent-speech-ended': { speechId: 'speech-1', text: 'write to ada@example.com' },
  'tool-started': { ...server, arguments: { name: 'GIVEN', card: '4111111111111111' }, effect: 'write', repeatOf: 'c' },
  'tool-waiting': { ...server, waitingFor: 'operator', note: 'GIVEN', arguments: { name: 'GIVEN' } },
  'tool-confirmed': { ...server, by: 'operator', name: 'SECRET' },
  'tool-declined': { ...server, ms: 4, reason: 'operator', name: 'SECRET' },
  'tool-progress': { ...server, progress: 1, message: 'SECRET' },
  'tool-succeeded': {
    ...server,
    ms: 12,
    answer: 'GIVEN',
    content: [{ type: 'text', text: 'GIVEN' }],
    structuredContent: { phone: '+49 151 23456789', of: 'GIVEN' },
    attempts: 2,
    rawChars: 77,
    shapedChars: 77,
    times,
  },
  'tool-measured': { ...server, rawTokens: 77, shapedTokens: 77 },
  'tool-failed': { ...server, ms: 3, code: 'timed-out', message: 'GIVEN', raw: 'SECRET', times },
  'tool-in-doubt': { ...server, ms: 3, message: 'SECRET' },
  'tool-exchanged': { ...server, exchanges: [] },
  'question-asked': { ...server, questionId: 'SECRET', message: 'SECRET', schema: {} },
  'question-answered': { questionId: 'SECRET', action: 'accept', by: 'SECRET', note: 'SECRET' },
  'follow-up-created': { ...server, followUpId: 'SECRET', reason: 'tool-failed', note: 'SECRET' },
  'supervisor-joined': { name: 'SECRET' },
  'supervisor-left': { name: 'SECRET', ms: 4 },
  'supervisor-whispered': { name: 'SECRET', text: 'SECRET' },
  'server-notice': { ...server, event: 'SECRET', data: 'SECRET' },
  'speech-lost': { part: 'hearing', code: 'SECRET', message: 'SECRET' },
  'speech-recovered': { part: 'hearing', ms: 4 },
  'recording-lost': { code: 'SECRET' },
  'recording-deleted': { why: 'asked' },
  'payload-erased': { what: 'words', why: 'asked', left: { '3': { text: 'SECRET' } } },
  'log-delayed': { ms: 4, events: 2 },
  'call-ended': { reason: 'caller-hung-up', durationMs: 30_000 },
  'call-failed': { code: 'agent-failed', message: 'The agent failed.', durationMs: 30_000 },
};

const eventOf = (type: string, seq: number): CallEvent =>
  parseCallEvent({
    seq,
    type,
    at: seq * 100,
    recordedAt: '2026-11-21T10:00:00.000Z',
    turnId: 'turn-1',
    ...(type.startsWith('tool-') ? { toolCallId: 'call-1' } : {}),
    data: data[type],
  });
const everything = callEventTypes.map((type, i) => eventOf(type, i + 1));

const shared = [
  'call-started',
  'caller-joined',
  'caller-left',
  'server-failed',
  'caller-speech-started',
  'caller-speech-ended',
  'caller-not-understood',
  'turn-committed',
  'model-started',
  'model-answered',
  'model-failed',
  'agent-speech-started',
  'agent-speech-interrupted',
  'agent-speech-ended',
  'tool-started',
  'tool-waiting',
  'tool-confirmed',
  'tool-declined',
  'tool-succeeded',
  'tool-failed',
  'tool-in-doubt',
  'speech-lost',
  'speech-recovered',
  'payload-erased',
  'call-ended',
  'call-failed',
];

test('of all types of event only those on the list leave, each without what is not named [C9] [V11]', () => {
  expect(Object.keys(data).sort()).toEqual([...callEventTypes].sort());
  for (const payloads of [false, true]) {
    const log = sharedLog(everything, { recording: true, payloads });
    expect(log.map(({ type }) => type)).toEqual(shared);
    const text = JSON.stringify(log);
    expect(text).not.toContain('SECRET');
    expect(text).not.toContain('77');
    expect(text.includes('GIVEN')).toBe(payloads);
  }
});

test('a type that this list does not know is left out', () => {
  const later = Object.assign(eventOf('call-ended', 1), { type: 'caller-located' });
  expect(sharedLog([later], { recording: true, payloads: true })).toEqual([]);
});

test('cards, addresses and numbers are taken out whatever the team has set, of words and of payloads', () => {
  const text = JSON.stringify(sharedLog(everything, { recording: true, payloads: true }));
  for (const secret of ['4111', '1111', '555-123', 'ada@', '23456789']) expect(text).not.toContain(secret);
  for (const mark of ['[card]', '[phone]', '[email]']) expect(text).toContain(mark);
});

test('what was erased is told of, and no word of a failure inside is', () => {
  const log = sharedLog(everything, { recording: true, payloads: true });
  const notes = sharedView(log, { claims: [], flags: [] }).items.filter((item) => item.kind === 'note');
  expect(notes.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      'What was said was erased.',
      'Bookings could not be reached. Its tools are off for this call.',
    ]),
  );
  expect(notes.filter(({ detail }) => detail !== null)).toEqual([]);
});

test('a claim keeps its proof without the result, and its place when a number before it is taken out', () => {
  const said = 'I noted 555-123-4567. There are 7 margherita left.';
  const log = [
    eventOf('call-started', 1),
    parseCallEvent({
      ...eventOf('tool-started', 2),
      data: { ...server, tool: 'check_inventory', arguments: { item: 'margherita' }, effect: 'read' },
    }),
    parseCallEvent({
      ...eventOf('tool-succeeded', 3),
      data: { ...server, ms: 1, answer: '{"left":7}', content: [], structuredContent: { item: 'margherita', left: 7 } },
    }),
    parseCallEvent({
      ...eventOf('agent-speech-started', 4),
      data: { speechId: 's', text: said, kind: 'answer', delayMs: 400 },
    }),
    parseCallEvent({ ...eventOf('agent-speech-ended', 5), data: { speechId: 's', text: said } }),
    eventOf('call-ended', 6),
  ];
  const findings = sharedFindings(log, null);
  const view = sharedView(sharedLog(log, { recording: false, payloads: false }), findings);
  const [turn] = view.agent;
  expect(turn?.text).toBe('I noted [phone]. There are 7 margherita left.');
  const proved = turn?.claims.find(({ proof }) => proof !== null);
  expect(proved?.proof).toEqual({ toolCallId: 'call-1', tool: 'check_inventory' });
  expect(turn?.text.slice(proved?.from, proved?.to)).toBe(proved?.text);
  expect(JSON.stringify([findings, view])).not.toContain('555');
});
