import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessState } from '#src/server/supervisor/instance-file.ts';

export type ChildSpec = {
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** A signal that this program ends on quickly; SIGTERM unless told otherwise. */
  stopSignal?: NodeJS.Signals;
  /** Time to end by itself before its whole group is killed. */
  graceMs?: number;
};

export type Child = {
  name: string;
  pid: () => number | null;
  state: () => ProcessState;
  /** How often it ended by itself. */
  restarts: () => number;
  /** The last lines it printed, for telling why it does not start. */
  lastLines: () => string[];
  /** Ends it and starts it again at once: its sources changed. */
  restart: () => void;
  stop: () => Promise<void>;
};

/** The first time at once: a call in progress waits for the speech process. */
const firstDelayMs = 50;
const longestDelayMs = 30_000;
const settledMs = 60_000;

/** Keeps a program running: starts it, starts it again with growing pauses when it ends, stops it with all that it forked. */
export function keepRunning(spec: ChildSpec, o: { log: (line: string) => void; onChange: () => void }): Child {
  let running: ChildProcess | null = null;
  let state: ProcessState = 'starting';
  let stopping = false;
  let delayMs = firstDelayMs;
  let restarts = 0;
  let restart: NodeJS.Timeout | undefined;
  const tail: string[] = [];

  const become = (next: ProcessState) => {
    state = next;
    o.onChange();
  };
  const follow = (text: string) => {
    for (const line of text.split('\n').filter((part) => part.trim() !== '')) {
      tail.push(line);
      if (tail.length > 12) tail.shift();
      o.log(`[${spec.name}] ${line}`);
    }
  };
  const start = () => {
    const began = Date.now();
    // A process group of its own: Ctrl-C in the terminal reaches only the supervisor, which ends everything in order.
    const child = spawn(spec.command, spec.args, { env: spec.env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running = child;
    child.stdout?.setEncoding('utf8').on('data', follow);
    child.stderr?.setEncoding('utf8').on('data', follow);
    child.once('error', (error) => follow(error.message));
    child.once('spawn', () => become('running'));
    child.once('close', (code, signal) => {
      running = null;
      restarts += 1;
      if (stopping) return become('stopped');
      killGroup(child.pid);
      if (Date.now() - began > settledMs) delayMs = firstDelayMs;
      o.log(`[${spec.name}] ended (${signal ?? code}); starting again in ${delayMs} ms`);
      become('restarting');
      restart = setTimeout(start, delayMs);
      delayMs = Math.min(delayMs * 2, longestDelayMs);
    });
  };
  start();

  return {
    name: spec.name,
    pid: () => running?.pid ?? null,
    state: () => state,
    restarts: () => restarts,
    lastLines: () => tail,
    restart: () => {
      delayMs = firstDelayMs;
      running?.kill(spec.stopSignal ?? 'SIGTERM');
    },
    async stop() {
      stopping = true;
      clearTimeout(restart);
      const child = running;
      if (!child) return become('stopped');
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill(spec.stopSignal ?? 'SIGTERM');
      await Promise.race([ended, sleep(spec.graceMs ?? 8_000, undefined, { ref: false })]);
      killGroup(child.pid); // whatever it forked and left
      await Promise.race([ended, sleep(2_000, undefined, { ref: false })]);
    },
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already: that is what was wanted.
  }
}
