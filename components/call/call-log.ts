import { type CallEvent, parseCallEvent } from '#src/lib/calls/call-event.ts';

export type LogState = { events: readonly CallEvent[]; connection: 'off' | 'open' | 'lost' };

/** The log of one call in the browser: what the page came with, then what the server sends, in order and once. */
export function createCallLog(callId: string, first: readonly CallEvent[]) {
  let state: LogState = { events: first, connection: 'off' };
  let source: EventSource | null = null;
  const listeners = new Set<() => void>();
  const set = (change: { events?: readonly CallEvent[]; connection?: LogState['connection'] }) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const over = () => state.events.some((event) => event.type === 'call-ended' || event.type === 'call-failed');

  const take = (text: string) => {
    const event = read(text);
    if (!event || event.seq <= (state.events.at(-1)?.seq ?? 0)) return;
    set({ events: [...state.events, event] });
    if (over()) close();
  };
  const open = () => {
    const after = state.events.at(-1)?.seq ?? 0;
    source = new EventSource(`/api/v1/calls/${encodeURIComponent(callId)}/events?after=${after}`);
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
      if (!source && !over()) open();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) close();
      };
    },
  };
}

function read(text: unknown): CallEvent | null {
  try {
    return parseCallEvent(JSON.parse(String(text)));
  } catch {
    // A kind of event that this page is too old to know.
    return null;
  }
}
