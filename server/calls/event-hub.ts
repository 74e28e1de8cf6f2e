import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { readCallEvents } from '#src/server/calls/event-log.ts';
import { connection } from '#src/server/db/connection.ts';
import { log } from '#src/server/log.ts';

type Watcher = { last: number; send: (event: CallEvent) => void };
type Watched = { teamId: string; watchers: Set<Watcher>; dirty: boolean; reading: boolean };

const pageSize = 1000;

/** One LISTEN a process; a notice makes one query a call, whose rows go to every watcher that has not had them. */
function createHub() {
  const watched = new Map<string, Watched>();
  const wake = (callId: string) => {
    const call = watched.get(callId);
    if (!call) return;
    call.dirty = true;
    if (!call.reading) void pump(callId, call);
  };
  const pump = async (callId: string, call: Watched) => {
    call.reading = true;
    try {
      while (call.dirty && call.watchers.size > 0) {
        call.dirty = false;
        const after = Math.min(...[...call.watchers].map((watcher) => watcher.last));
        const { items, next } = await readCallEvents(call.teamId, callId, { after, limit: pageSize });
        for (const event of items)
          for (const watcher of call.watchers)
            if (event.seq > watcher.last) {
              watcher.last = event.seq;
              watcher.send(event);
            }
        if (next !== null) call.dirty = true;
      }
    } catch (error) {
      // The database is away: when it is back, LISTEN is set up again and wakes every call.
      log('event-hub').warn(
        { callId, code: error instanceof Error ? error.name : 'unknown' },
        'events could not be read',
      );
      setTimeout(() => wake(callId), 1000).unref();
    } finally {
      call.reading = false;
      if (call.dirty && call.watchers.size > 0) void pump(callId, call);
    }
  };
  const listening = connection().sql.listen(
    'call_events',
    (payload) => wake(payload.slice(0, payload.indexOf(' '))),
    () => {
      for (const callId of watched.keys()) wake(callId);
    },
  );
  return {
    async watch(teamId: string, callId: string, after: number, send: (event: CallEvent) => void): Promise<() => void> {
      await listening;
      const watcher: Watcher = { last: after, send };
      const call = watched.get(callId) ?? { teamId, watchers: new Set<Watcher>(), dirty: false, reading: false };
      watched.set(callId, call);
      call.watchers.add(watcher);
      wake(callId);
      return () => {
        call.watchers.delete(watcher);
        if (call.watchers.size === 0 && watched.get(callId) === call) watched.delete(callId);
      };
    },
    watchers: () => [...watched.values()].reduce((sum, call) => sum + call.watchers.size, 0),
  };
}

type Hub = ReturnType<typeof createHub>;
const store: typeof globalThis & { patchbayHub?: Hub } = globalThis;

/**
 * Sends every event of a call after `after` to `send`, in order, each once, and goes on as new ones come.
 * Returns the function that stops it. The caller has checked that the call is this team's.
 */
export function watchCall(
  teamId: string,
  callId: string,
  after: number,
  send: (event: CallEvent) => void,
): Promise<() => void> {
  store.patchbayHub ??= createHub();
  return store.patchbayHub.watch(teamId, callId, after, send);
}
