import { type CallEvent, type CallEventData, type CallEventType, parseCallEvent } from '#src/lib/calls/call-event.ts';

type Row = { at: number; type: CallEventType; data: CallEventData; toolCallId?: string };

const shop = { serverId: 's1', serverName: 'Shop' };

/** A call as its log tells it, written line by line: who speaks for how long, which tools run. Ends well unless told otherwise. */
export class SampleLog {
  readonly #rows: Row[] = [];
  #at = 0;
  #count = 0;

  constructor() {
    this.#add('call-started', {}).#add('caller-joined', { name: 'Ada', synthetic: false });
    this.agent('Hello, how can I help?', 'greeting');
  }

  /** The caller speaks, for as long as the words take. */
  caller(text: string): this {
    const ms = text.length * 60;
    return this.wait(700)
      .#add('caller-speech-started', {})
      .wait(ms)
      .#add('caller-speech-ended', { ms })
      .#add('turn-committed', { text, source: 'spoken', confidence: 0.9 })
      .wait(100);
  }

  /** The agent answers after `delayMs`. */
  agent(text: string, kind: CallEventData<'agent-speech-started'>['kind'] = 'answer', delayMs = 600): this {
    const speechId = `speech-${++this.#count}`;
    return this.wait(delayMs)
      .#add('agent-speech-started', { speechId, text, kind, delayMs: kind === 'answer' ? delayMs : null })
      .wait(text.length * 60)
      .#add('agent-speech-ended', { speechId, text });
  }

  tool(
    tool: string,
    effect: 'read' | 'write',
    how: 'succeeded' | 'failed' | 'in-doubt' | 'running',
    answer: unknown = {},
    given: Record<string, unknown> = {},
  ): this {
    const toolCallId = `call-${++this.#count}`;
    this.#add('tool-started', { ...shop, tool, arguments: given, effect }, toolCallId).wait(200);
    const name = { ...shop, tool };
    if (how === 'succeeded')
      this.#add(
        'tool-succeeded',
        { ...name, ms: 200, answer: JSON.stringify(answer), content: [], structuredContent: answer },
        toolCallId,
      );
    if (how === 'failed')
      this.#add('tool-failed', { ...name, ms: 200, code: 'tool-error', message: 'It does not work.' }, toolCallId);
    if (how === 'in-doubt')
      this.#add('tool-in-doubt', { ...name, ms: 200, message: 'No answer came in time.' }, toolCallId);
    return this;
  }

  wait(ms: number): this {
    this.#at += ms;
    return this;
  }

  /** The log of the call, which the caller ends. */
  hungUp(): CallEvent[] {
    this.wait(400).#add('call-ended', { reason: 'caller-hung-up', durationMs: this.#at });
    return this.#rows.map(({ at, type, data, toolCallId }, index) =>
      parseCallEvent({
        seq: index + 1,
        at,
        recordedAt: new Date(Date.UTC(2026, 0, 2) + at).toISOString(),
        type,
        data,
        ...(toolCallId ? { toolCallId } : {}),
      }),
    );
  }

  #add<T extends CallEventType>(type: T, data: CallEventData<T>, toolCallId?: string): this {
    this.#rows.push({ at: this.#at, type, data, ...(toolCallId ? { toolCallId } : {}) });
    return this;
  }
}
