import type { CallEventData, CallEventType, NewCallEvent } from '#src/lib/calls/call-event.ts';
import type { RecordingPeaks } from '#src/lib/calls/recording.ts';

const servers = ['Point of sale', 'Bookings', 'Kitchen'];
const asked = ['how many funghi are left', 'what is on the menu', 'a table for two at eight', 'and the margherita'];
const words = 'let me see there are seven left and we open at eleven would you like to order or book a table'.split(
  ' ',
);

/** The log of a call of hours: people take turns, tools of three servers run, a few fail, someone cuts in. The same every time. */
export function longCall(durationMs: number, events: number): NewCallEvent[] {
  const log: NewCallEvent[] = [];
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const add = <T extends CallEventType>(type: T, at: number, data: CallEventData<T>, toolCallId?: string) =>
    // The union is distributed over its types, which a generic parameter cannot express.
    log.push({ id: `long-${log.length}`, type, at: Math.round(at), data, toolCallId } as NewCallEvent);
  add('call-started', 0, {});
  add('caller-joined', 120, { name: 'Ada', synthetic: true });
  const rounds = Math.floor((events - 4) / 12);
  const roundMs = durationMs / rounds;
  for (let round = 0; round < rounds; round++) {
    const from = 500 + round * roundMs;
    const at = (part: number) => from + part * roundMs * 0.95;
    const text = asked[round % asked.length] ?? '';
    const answer = Array.from(
      { length: 8 + Math.floor(random() * 14) },
      () => words[Math.floor(random() * words.length)],
    );
    add('caller-speech-started', at(0), {});
    add('caller-speech-ended', at(0.25), { ms: roundMs * 0.25 });
    add('turn-committed', at(0.28), { text, source: 'spoken', confidence: 0.6 + random() * 0.4 });
    for (const part of [0.29, 0.42] as const) {
      const serverName = servers[Math.floor(random() * servers.length)] ?? '';
      const tool = { serverId: serverName, serverName, tool: part === 0.29 ? 'check_inventory' : 'place_order' };
      const id = `tool-${round}-${part}`;
      add('model-started', at(part), { model: 'rehearsal', round: 1 });
      add(
        'tool-started',
        at(part + 0.01),
        { ...tool, arguments: { round }, effect: part === 0.29 ? 'read' : 'write' },
        id,
      );
      const ms = 20 + random() * roundMs * 0.08;
      if (random() < 0.02)
        add('tool-failed', at(part + 0.01) + ms, { ...tool, ms, code: 'tool-error', message: 'No.' }, id);
      else add('tool-succeeded', at(part + 0.01) + ms, { ...tool, ms, answer: '{"left":7}', content: [] }, id);
    }
    const speechId = `speech-${round}`;
    add('agent-speech-started', at(0.55), {
      speechId,
      text: answer.join(' '),
      kind: 'answer',
      delayMs: 300 + random() * 1_700,
    });
    if (random() < 0.05)
      add('agent-speech-interrupted', at(0.8), {
        speechId,
        heard: answer.slice(0, 4).join(' '),
        unheard: answer.slice(4).join(' '),
      });
    else add('agent-speech-ended', at(0.97), { speechId, text: answer.join(' ') });
  }
  add('call-ended', durationMs, { reason: 'caller-hung-up', durationMs });
  return log;
}

/** A waveform that fits such a call. */
export function longPeaks(durationMs: number): RecordingPeaks {
  const stepMs = 50;
  const wave = (phase: number) =>
    Array.from({ length: durationMs / stepMs }, (_, i) =>
      Math.max(0, Math.round(150 * Math.sin(i / 37 + phase) * Math.abs(Math.sin(i * 1.7)))),
    );
  return { stepMs, caller: wave(0), agent: wave(Math.PI) };
}
