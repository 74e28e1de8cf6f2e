import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

export type SpeechProcess = {
  url: string;
  token: string;
  port: number;
  pid: number;
  /** `SIGKILL` is what a crash looks like; resolves when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
};

const listening = z.object({ event: z.literal('listening'), url: z.string() });

/** Starts the real speech process for a test, on a free port unless told which, and waits until it takes calls. */
export async function startSpeechProcess(
  options: { port?: number; token?: string; calls?: number } = {},
): Promise<SpeechProcess> {
  const token = options.token ?? randomUUID();
  const main = path.join(import.meta.dirname, '..', 'main.ts');
  // A test that was given up must not leave it behind.
  const watch = ['--import', '#src/server/supervisor/parent-watch.ts'];
  const child = spawn(
    process.execPath,
    ['--optimize-for-size', '--disable-warning=ExperimentalWarning', ...watch, main],
    {
      env: {
        ...process.env,
        SPEECH_PORT: String(options.port ?? 0),
        SPEECH_TOKEN: token,
        PATCHBAY_SPEECH_CALLS: String(options.calls ?? 4),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await addressOf(child);
  return {
    url,
    token,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The speech process has no output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const said = listening.safeParse(JSON.parse(line));
    if (said.success) return said.data.url;
  }
  throw new Error('The speech process ended before it took calls.');
}
