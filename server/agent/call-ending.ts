import { type Room, RoomEvent } from '@livekit/rtc-node';
import type { CallEnding } from '#src/server/calls/finish-call.ts';

export type DecidedEnding = {
  ending: CallEnding;
  /** There is hardly any time left: write the end first, and leave the rest. */
  hurry: boolean;
};

/** The way a call ends, decided once: the first one wins. */
export type Ending = {
  readonly decided: Promise<DecidedEnding>;
  end(ending: CallEnding, options?: { hurry: boolean }): void;
};

export function createEnding(): Ending {
  const { promise, resolve } = Promise.withResolvers<DecidedEnding>();
  return { decided: promise, end: (ending, options) => resolve({ ending, hurry: options?.hurry ?? false }) };
}

/**
 * Ends the call when what carries it goes away: the room, or the worker that started this process. LiveKit would let such
 * a process live on for fifteen seconds with nobody knowing.
 */
export function endWithItsCarriers(ending: Ending, room: Room): void {
  room.on(RoomEvent.Disconnected, () => {
    ending.end({ status: 'failed', code: 'room-lost', message: 'The room was closed, or LiveKit went away.' });
  });
  process.once('disconnect', () => {
    ending.end(
      { status: 'failed', code: 'worker-lost', message: 'The agent worker went away in the middle of the call.' },
      { hurry: true },
    );
  });
  process.on('message', (message: unknown) => {
    if (typeof message !== 'object' || message === null || !('case' in message) || message.case !== 'shutdownRequest')
      return;
    ending.end(
      { status: 'failed', code: 'worker-stopped', message: 'The agent worker was stopped in the middle of the call.' },
      { hurry: true },
    );
  });
}
