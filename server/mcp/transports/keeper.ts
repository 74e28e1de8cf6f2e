/**
 * Keeps one stdio server: starts it in a process group of its own with an empty HOME, and ends it, with all that it started,
 * as soon as the process that asked for it lets go of file descriptor 3 or dies, by whatever signal (X12). A program of its own,
 * because a process killed with -9 can end nothing itself. It imports nothing of ours, so that it starts fast.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const graceMs = 1_500;

const line = new Socket({ fd: 3 });
line.on('error', () => {});
const tell = (report: unknown) => line.write(`${JSON.stringify(report)}\n`);
const home = mkdtempSync(path.join(tmpdir(), 'patchbay-stdio-'));
let child: ChildProcess | undefined;

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
line.once('close', end);
const commands = createInterface({ input: line });
commands.once('line', start);
commands.once('close', end);

function start(text: string): void {
  const { command, args, env }: { command: string; args: string[]; env: Record<string, string> } = JSON.parse(text);
  // What the server inherits is exactly what it was given.
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env, { HOME: home });
  const server = spawn(command, args, { cwd: home, detached: true, stdio: [0, 1, 2] });
  child = server;
  server.once('spawn', () => tell({ started: server.pid, home }));
  server.once('error', (error) => {
    tell({ failed: 'code' in error ? error.code : error.message });
    finish(127);
  });
  server.once('exit', (code, signal) => {
    tell({ ended: { code, signal } });
    finish(code ?? 1);
  });
}

function end(): void {
  if (!child) {
    finish(0);
    return;
  }
  kill('SIGTERM');
  setTimeout(() => kill('SIGKILL'), graceMs);
}

let finished = false;
/** What the server started and left behind ends with it. */
function finish(code: number): void {
  if (finished) return;
  finished = true;
  kill('SIGKILL');
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  line.end(() => process.exit(code));
  setTimeout(() => process.exit(code), 200);
}

function kill(signal: NodeJS.Signals): void {
  for (const pid of [...(child?.pid ? [-child.pid] : []), ...strays()])
    try {
      process.kill(pid, signal);
    } catch {
      // Gone in the meantime.
    }
}

/** Processes that left the group are known by their HOME, which is nobody else's. Only Linux tells. */
function strays(): number[] {
  const pids = names('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return pids.filter((pid) => environment(pid).includes(`HOME=${home}`)).map(Number);
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function environment(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return []; // another user's, or gone
  }
}
