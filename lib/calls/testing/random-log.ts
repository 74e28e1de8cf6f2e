import { type CallEvent, type CallEventData, type CallEventType, parseCallEvent } from '#src/lib/calls/call-event.ts';

const zero = Date.parse('2026-01-02T19:24:00.000Z');
const sayings = [
  'Your order is placed.',
  "It's order A-2047. I've sent you a text.",
  "I've booked your table for two.",
  'There are seven margheritas left.',
  'We are open until ten.',
  "I've cancelled your booking.",
  'One moment, please.',
  'The total is 19 euros, and your table is booked.',
];
const tools = [
  ['place_order', { item: 'margherita', quantity: 2 }, { order_number: 'A-2047', total_eur: 19 }],
  ['book_table', { people: 2 }, { table: 4 }],
  ['check_inventory', { item: 'margherita' }, { left: 7 }],
  ['send_sms', { to: 'caller' }, { sent: true }],
  ['cancel_booking', {}, { cancelled: false }],
] as const;

/**
 * A log of anything in any order, the same for the same seed: calls that never answer, events that come late, speech that begins
 * anew, and what happens after the end.
 */
export function randomLog(seed: number, length: number): CallEvent[] {
  const random = randomNumbers(seed);
  const below = (most: number) => Math.floor(random() * most);
  const one = <T>(among: readonly T[]): T => among[below(among.length)] ?? fail();
  const log: CallEvent[] = [];
  let at = -500;
  const add = <T extends CallEventType>(type: T, data: CallEventData<T>, toolCallId?: string) => {
    at += below(900);
    const late = random() < 0.1 ? below(3_000) : 0;
    log.push(
      parseCallEvent({
        seq: log.length + 1,
        at: random() < 0.1 ? null : at - late,
        recordedAt: new Date(zero + at).toISOString(),
        type,
        data,
        ...(toolCallId ? { toolCallId } : {}),
      }),
    );
  };
  const kinds: (() => void)[] = [
    () => add('caller-speech-started', {}),
    () => add('caller-speech-ended', { ms: below(800) }),
    () => add('turn-committed', { text: 'yes', source: one(['spoken', 'typed']), confidence: 0.8 }),
    () => add('caller-not-understood', { heard: 'hm', confidence: null }),
    () => {
      const kind = random() < 0.8 ? 'answer' : 'filler';
      add('agent-speech-started', { speechId: `s${below(length / 8)}`, text: one(sayings), kind, delayMs: 300 });
    },
    () => add('agent-speech-ended', { speechId: `s${below(length / 8)}`, text: one(sayings) }),
    () => add('agent-speech-ended', { speechId: `s${below(length / 8)}`, text: one(sayings) }),
    () => add('agent-speech-interrupted', { speechId: `s${below(length / 8)}`, heard: one(sayings), unheard: 'and' }),
    () => add('model-started', { model: 'm', round: 1 }),
    () => add('model-failed', { model: 'm', ms: 40, code: 'gone', message: 'It is gone.' }),
    () => add('server-connected', { serverId: 'p', serverName: 'P', ms: 3, protocolVersion: null, tools: 2 }),
    ...Array.from({ length: 9 }, () => () => addTool()),
  ];
  const addTool = () => {
    const number = below(length / 8);
    const [tool, given, answer] = tools[number % tools.length] ?? tools[0];
    const names = { serverId: 'p', serverName: 'P', tool };
    const effect = tool === 'check_inventory' ? ('read' as const) : ('write' as const);
    const id = `t${number}`;
    const steps: (() => void)[] = [
      () => add('tool-waiting', { ...names, waitingFor: one(['caller', 'operator', 'server']), note: 'Yes?' }, id),
      () => add('tool-started', { ...names, arguments: given, effect }, id),
      () => add('tool-progress', { ...names, progress: 1 }, id),
      () => add('tool-failed', { ...names, ms: 20, code: 'tool-error', message: 'No.' }, id),
      () => add('tool-in-doubt', { ...names, ms: 20, message: 'No answer.' }, id),
      ...Array.from({ length: 3 }, () => () => {
        const content = { answer: JSON.stringify(answer), content: [], structuredContent: answer };
        add('tool-succeeded', { ...names, ms: 20, ...content }, id);
      }),
    ];
    one(steps)();
  };
  while (log.length < length) {
    if (log.length === 5) add('call-started', {});
    if (log.length === length - 10 && seed % 2 === 0)
      add('call-failed', { code: 'lost', message: 'Lost.', durationMs: null });
    one(kinds)();
  }
  return log;
}

/** The numbers between 0 and 1 of a seed. */
export function randomNumbers(seed: number): () => number {
  let last = (seed * 7_919 + 13) % 2_147_483_647;
  return () => {
    last = (last * 16_807) % 2_147_483_647;
    return last / 2_147_483_647;
  };
}

function fail(): never {
  throw new Error('nothing to choose from');
}
