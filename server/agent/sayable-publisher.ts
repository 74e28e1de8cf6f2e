import type { Room } from '@livekit/rtc-node';
import { type Partial, type Sayable, topics } from '#src/lib/calls/call.ts';

/** Sends what is not history to the browser: words as they are heard, and what can be said now. Losing one does no harm. */
export function publisher(room: Room): { partial(partial: Partial): void; sayable(sayable: Sayable): void } {
  const encoder = new TextEncoder();
  const send = (topic: string, value: unknown, reliable: boolean) => {
    if (!room.isConnected) return;
    void room.localParticipant?.publishData(encoder.encode(JSON.stringify(value)), { topic, reliable }).catch(() => {});
  };
  return {
    partial: (partial) => send(topics.partial, partial, false),
    sayable: (sayable) => send(topics.sayable, sayable, true),
  };
}
