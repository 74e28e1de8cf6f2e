import { ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web';
import { FlushSentinel } from '@livekit/agents';
import type { SpeechKind } from '#src/server/agent/utterance.ts';

type Piece = string | typeof FlushSentinel;

/**
 * The text of one reply on its way to speech. It never ends in an error, which would leave the agent mute. What is of
 * another kind, or comes after a pause, is spoken as an utterance of its own.
 */
export class ReplyStream {
  readonly stream: ReadableStream<Piece>;
  readonly #kinds: SpeechKind[] = [];
  #controller: ReadableStreamDefaultController<Piece> | null = null;
  #speaking: SpeechKind | null = null;
  #closed = false;
  #said = false;

  constructor(options: { onCancel: () => void }) {
    this.stream = new ReadableStream<Piece>({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#closed = true;
        options.onCancel();
      },
    });
  }

  /** True once there was anything to say that is not a filler. */
  get said(): boolean {
    return this.#said;
  }

  say(text: string, kind: SpeechKind): void {
    if (this.#closed || (this.#speaking !== kind && !text.trim())) return;
    if (this.#speaking !== kind) {
      this.pause();
      this.#kinds.push(kind);
      this.#speaking = kind;
    }
    if (kind !== 'filler') this.#said = true;
    this.#controller?.enqueue(text);
  }

  /** What was said so far is spoken now; what follows is a new utterance. */
  pause(): void {
    if (this.#speaking !== null && !this.#closed) this.#controller?.enqueue(FlushSentinel);
    this.#speaking = null;
  }

  /** The kind of the next utterance, in the order in which they began. */
  nextKind(): SpeechKind {
    return this.#kinds.shift() ?? 'answer';
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#controller?.close();
  }
}
