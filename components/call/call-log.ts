import { type CallEvent, parseCallEvent } from '#src/lib/calls/call-event.ts';

export type LogState = { events: readonly CallEvent[]; connection: 'off' | 'open' | 'lost' };

/** What comes faster than frames are drawn is told together, as after a lost connection. */
const frameMs = 16;

/** The log of one call in the browser: what the page came with, then what the server sends, in order and once. */
export function createCallLog(callId: string, first: readonly CallEvent[]) {
  let state: LogState = { events: first, connection: 'off' };
  let source: EventSource | null = null;
  let lastSeq = first.at(-1)?.seq ?? 0;
  let over = first.some(isEnd);
  let untold: CallEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let toldAt = Number.NEGATIVE_INFINITY;
  const listeners = new Set<() => void>();
  const set = (change: Partial<LogState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const tell = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    toldAt = performance.now();
    const events = [...state.events, ...untold];
    untold = [];
    set({ events });
  };

  const take = (text: string) => {
    const event = read(text);
    if (!event || event.seq <= lastSeq) return;
    lastSeq = event.seq;
    untold.push(event);
    const waitMs = toldAt + frameMs - performance.now();
    if (waitMs <= 0) tell();
    else timer ??= setTimeout(tell, waitMs);
    over ||= isEnd(event);
    if (over) close();
  };
  const open = () => {
    source = new EventSource(`/api/v1/calls/${encodeURIComponent(callId)}/events?after=${lastSeq}`);
    source.onopen = () => set({ connection: 'open' });
    // The browser tries again by itself, from the last event it had.
    source.onerror = () => set({ connection: 'lost' });
    source.onmessage = (message) => take(message.data);
  };
  const close = () => {
    source?.close();
    source = null;
    if (state.connection !== 'off') set({ connection: 'off' });
  };

  return {
    get: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      if (!source && !over) open();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) close();
      };
    },
  };
}

function isEnd({ type }: CallEvent): boolean {
  return type === 'call-ended' || type === 'call-failed';
}

function read(text: unknown): CallEvent | null {
  try {
    return parseCallEvent(JSON.parse(String(text)));
  } catch {
    // A kind of event that this page is too old to know.
    return null;
  }
}
