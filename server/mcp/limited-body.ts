import { AppError } from '#src/lib/app-error.ts';
import { networkError } from '#src/server/mcp/network-error.ts';
import { canBeResumed } from '#src/server/mcp/transports/awaited-answer.ts';

type Reader = {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<void>;
};

/**
 * The body again, as the platform's own stream, cut off past the limit with AppError `response-too-large`. In a stream of
 * events the limit holds for each event: the stream itself may live as long as a call.
 */
export function limitedBody(
  reader: Reader,
  o: {
    maxBytes: number;
    events: boolean;
    url: URL;
    signal: AbortSignal;
    /** Told when the answer breaks off and nobody will ask for the rest of it. */
    brokeOff?: ((reason: Error) => void) | null;
  },
): ReadableStream<Uint8Array> {
  let seen = 0;
  let resumable = false;
  return new ReadableStream({
    async pull(out) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        if (o.signal.aborted) throw o.signal.reason;
        const reason = networkError(error, o.url);
        if (!resumable) o.brokeOff?.(reason);
        throw reason;
      });
      if (done || !value) return out.close();
      resumable ||= o.events && canBeResumed(value);
      const ended = o.events ? endOfEvent(value) : -1;
      const largest = ended < 0 ? seen + value.byteLength : Math.max(seen + ended, value.byteLength - ended);
      seen = ended < 0 ? largest : value.byteLength - ended;
      if (largest <= o.maxBytes) return out.enqueue(value);
      await reader.cancel().catch(() => {});
      const reason = new AppError('response-too-large', `The answer is larger than ${sizeWords(o.maxBytes)}.`, {
        hint: 'Ask for less: a filter, a page, fewer fields.',
      });
      o.brokeOff?.(reason);
      throw reason;
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** Where the last event of a piece ends: behind its empty line; -1 when none ends here. */
function endOfEvent(piece: Uint8Array): number {
  const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  return Math.max(bytes.lastIndexOf('\n\n'), bytes.lastIndexOf('\r\n\r\n'));
}

const sizeWords = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MB` : `${Math.round(bytes / 1024)} KB`;
