import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Duplex, type Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JSONRPCMessage, serializeMessage, type Transport } from '@modelcontextprotocol/client';
import { z } from 'zod';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import { messageLines } from '#src/server/mcp/transports/message-lines.ts';
import { recordMessages } from '#src/server/mcp/transports/record-messages.ts';
import type { Traffic } from '#src/server/mcp/transports/traffic.ts';

export type Program = { command: string; args: readonly string[]; env: Readonly<Record<string, string>> };

const startTimeoutMs = 10_000;
const lastWordsChars = 4_096;
/** A server ends by itself when its input ends; one that does not is ended by its keeper. */
const goodbyeMs = 300;
const keeperEndsMs = 4_000;

const reportSchema = z.union([
  z.object({ started: z.number(), home: z.string() }),
  z.object({ failed: z.string() }),
  z.object({ ended: z.object({ code: z.number().nullable(), signal: z.string().nullable() }) }),
]);

/** A program that speaks MCP on its standard streams, under a keeper that lets it outlive nobody. */
export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  readonly #program: Program;
  readonly #onStarted: (() => void) | undefined;
  readonly #messages: ReturnType<typeof recordMessages> | null;
  readonly #lines = messageLines();
  #keeper: ChildProcess | null = null;
  #line: Duplex | null = null;
  #lastWords = '';
  #ended: string | null = null;
  #running: { pid: number; home: string } | null = null;
  #failure: AppError | null = null;

  constructor(
    program: Program,
    { traffic, onStarted }: { traffic?: Traffic | undefined; onStarted?: (() => void) | undefined } = {},
  ) {
    this.#program = program;
    this.#onStarted = onStarted;
    this.#messages = traffic ? recordMessages(traffic, path.basename(program.command)) : null;
  }

  /** The end of what the program wrote to its standard error. The client knows a stdio transport by this and `pid`. */
  get stderr(): string {
    return this.#lastWords;
  }

  get pid(): number | null {
    return this.#keeper?.pid ?? null;
  }

  /** How the program ended, in words; null while it runs. */
  get ended(): string | null {
    return this.#ended;
  }

  /** Why we have ended the program ourselves; null when we have not. */
  get failure(): AppError | null {
    return this.#failure;
  }

  /** Throws AppError `program-missing`. */
  async start(): Promise<void> {
    const keeper: ChildProcess = spawn(process.execPath, [path.resolve('server/mcp/transports/keeper.ts')], {
      // A group of its own: whoever ends ours must not end the keeper before it has done its work.
      detached: true,
      env: { NODE_ENV: 'production', PATH: process.env.PATH },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    this.#keeper = keeper;
    const line = keeper.stdio[3];
    if (!(line instanceof Duplex)) throw new Error('The keeper has no line.');
    this.#line = line;
    for (const stream of [keeper.stdin, line]) stream?.on('error', () => {}); // its end is told by `exit`
    keeper.once('exit', () => {
      // A keeper that was killed has ended nothing.
      if (this.#ended === null && this.#running) endInstead(this.#running);
      this.#ended ??= 'was killed';
      this.onclose?.();
    });
    keeper.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#listen(keeper.stderr);
    const started = this.#started(line);
    line.write(`${JSON.stringify({ ...this.#program, env: { PATH: process.env.PATH, ...this.#program.env } })}\n`);
    await started;
    this.#onStarted?.();
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const stdin = this.#keeper?.stdin;
    if (!stdin || this.#ended !== null) throw new Error('The program has ended.');
    this.#messages?.sent(message);
    await new Promise<void>((resolve, reject) => {
      stdin.write(serializeMessage(message), (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Resolves when the program and all that it started have ended. */
  async close(): Promise<void> {
    const keeper = this.#keeper;
    if (!keeper || keeper.exitCode !== null || keeper.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => keeper.once('exit', () => resolve()));
    const within = (ms: number) => Promise.race([gone, sleep(ms, undefined, { ref: false })]);
    keeper.stdin?.end();
    await within(goodbyeMs);
    this.#line?.end();
    await within(keeperEndsMs);
  }

  #started(line: Duplex): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(notStarted('it took too long')), startTimeoutMs);
      createInterface({ input: line }).on('line', (text) => {
        const report = reportSchema.safeParse(JSON.parse(text)).data;
        if (!report) return;
        clearTimeout(timer);
        if ('started' in report) {
          this.#running = { pid: report.started, home: report.home };
          resolve();
        } else if ('failed' in report) {
          this.#ended = 'did not start';
          reject(missing(this.#program.command, report.failed));
        } else {
          const { code, signal } = report.ended;
          this.#ended = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
        }
      });
    });
  }

  #read(chunk: Buffer): void {
    if (this.#failure) return;
    try {
      for (const message of this.#lines.push(chunk)) {
        this.#messages?.received(message);
        this.onmessage?.(message);
      }
    } catch (error) {
      this.onerror?.(error instanceof Error ? error : new Error(String(error)));
      if (!isAppError(error)) return;
      this.#failure = error;
      this.#keeper?.stdout?.destroy();
      void this.close();
    }
  }

  #listen(stderr: Readable | null): void {
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-lastWordsChars);
    });
  }
}

function endInstead({ pid, home }: { pid: number; home: string }): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone in the meantime.
  }
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}

const missing = (command: string, code: string) =>
  new AppError('program-missing', `The program ${command} could not be started.`, {
    hint:
      code === 'ENOENT'
        ? 'Check its name, and that it is installed on the machine that runs Patchbay.'
        : 'Check that it may be run.',
    raw: code,
  });
const notStarted = (why: string) =>
  new AppError('program-missing', `The program did not start: ${why}.`, { hint: 'Try again.', retryable: true });
