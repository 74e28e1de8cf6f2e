import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The SDK's client waits on, to its time limit, when the stream breaks on which an answer was coming. The fetch below it knows
 * of the break and not of the request; this ties the two together.
 */
const waiting = new AsyncLocalStorage<AbortController>();

/** Runs one request with a signal that also aborts when its answer can no longer come; throws what broke it off, then. */
export function awaitAnswer<T>(signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const broken = new AbortController();
  return waiting.run(broken, async () => {
    try {
      return await work(signal ? AbortSignal.any([signal, broken.signal]) : broken.signal);
    } catch (error) {
      throw broken.signal.aborted ? broken.signal.reason : error;
    }
  });
}

/** Called where a request leaves: answers the function that says its answer has broken off. Null where nobody waits. */
export function whoWaits(method: string | undefined): ((reason: Error) => void) | null {
  const broken = waiting.getStore();
  return broken && method === 'POST' ? (reason) => broken.abort(reason) : null;
}

/** True for a piece of an event stream with ids: the client asks for the rest of such a stream by itself. */
export function canBeResumed(piece: Uint8Array): boolean {
  const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  return bytes.subarray(0, 3).toString('latin1') === 'id:' || bytes.includes('\nid:');
}
