import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Instance = {
  url: string;
  /** The one-time link, while there is no account. */
  setupUrl: string | null;
  home: string;
  /** All that it printed. */
  output: () => string;
  /** What `npx patchbay status --json` says. */
  status: () => { url: string; livekitUrl: string; processes: { name: string; state: string; pid: number | null }[] };
  /** An API token of the owner role, as `npx patchbay token create` prints it. */
  token: (name: string) => string;
  /** Ends it as Ctrl-C does, and waits for the end. */
  stop: () => Promise<void>;
  process: ChildProcess;
};

const root = path.resolve(import.meta.dirname, '../..');
const startLimitMs = 480_000;

/** Starts the whole product as `npm start` does, on a home of its own, and waits until it says where it is. */
export async function startInstance(o: { home?: string; env?: Record<string, string> } = {}): Promise<Instance> {
  const home = o.home ?? mkdtempSync(path.join(tmpdir(), 'patchbay-e2e-'));
  mkdirSync(home, { recursive: true, mode: 0o755 });
  execFileSync('chmod', ['755', home]);
  const env = { ...process.env, LOG_LEVEL: 'warn', ...o.env, PATCHBAY_HOME: home };
  const child = spawn('node', ['scripts/start.mjs'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Patchbay did not start:\n${printed}`)), startLimitMs);
    const read = (chunk: Buffer) => {
      printed += String(chunk);
      if (/Ctrl-C stops it/.test(printed)) {
        clearTimeout(timer);
        resolve();
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`Patchbay ended with ${code}:\n${printed}\n${logTail(home)}`)));
  });
  await ready;
  const patchbay = (...args: string[]) =>
    execFileSync('node', ['scripts/patchbay.mjs', ...args], { cwd: root, env, encoding: 'utf8' }).trim();
  return {
    url: /runs at (\S+)/.exec(printed)?.[1] ?? '',
    setupUrl: /(\S+\/setup\?token=\S+)/.exec(printed)?.[1] ?? null,
    home,
    output: () => printed,
    status: () => JSON.parse(patchbay('status', '--json')),
    token: (name) => patchbay('token', 'create', '--name', name),
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      if (!o.home) rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The end of an instance's own log, for telling why something failed. */
export function logTail(home: string, lines = 40): string {
  try {
    return readFileSync(path.join(home, 'patchbay.log'), 'utf8').split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
