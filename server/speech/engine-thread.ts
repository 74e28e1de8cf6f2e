import { Worker } from 'node:worker_threads';

type Answer = { id: number; error?: string };

/** An engine that takes this long is in a loop that has no end: its thread is given up, and callers get another one. */
const answerLimitMs = 15_000;

/** A thread that answers questions by number. The engines live only in such threads: they block, and may throw. */
export class EngineThread<Question extends object, Reply extends object> {
  readonly ready: Promise<void>;
  /** Questions not answered yet. */
  busy = 0;
  readonly #worker: Worker;
  readonly #limitMs: number;
  readonly #waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
  #lastId = 0;

  constructor(file: URL, workerData: object, onDeath: (error: Error) => void, limitMs = answerLimitMs) {
    this.#limitMs = limitMs;
    this.#worker = new Worker(file, { workerData, execArgv: ['--disable-warning=ExperimentalWarning'] });
    this.ready = new Promise((resolve, reject) => {
      this.#worker.once('message', () => resolve());
      this.#worker.once('error', reject);
    });
    this.#worker.on('message', (answer: Reply & Answer) => this.#settle(answer));
    let cause = new Error('The thread ended.');
    this.#worker.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    this.#worker.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(cause);
      this.#waiting.clear();
      onDeath(cause);
    });
  }

  /** A message that wants no answer. */
  tell(message: Question, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage({ message }, transfer);
  }

  /** Rejects with what the engine threw, or when the thread dies; one that does not answer is ended. */
  async ask(message: Question): Promise<Reply> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.busy += 1;
    const stuck = setTimeout(() => void this.#worker.terminate(), this.#limitMs);
    try {
      return await new Promise<Reply>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        this.#worker.postMessage({ id, message });
      });
    } finally {
      clearTimeout(stuck);
      this.busy -= 1;
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(answer: Reply & Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (!waiting) return;
    this.#waiting.delete(answer.id);
    if (answer.error === undefined) waiting.resolve(answer);
    else waiting.reject(new Error(answer.error));
  }
}
