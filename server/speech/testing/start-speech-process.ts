import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type SpeechProcess = {
  url: string;
  token: string;
  pid: number;
  /** `SIGKILL` is what a crash looks like; resolves when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
};

/** Starts the real speech process for a test and waits until it is healthy. */
export async function startSpeechProcess(options: { port: number; calls?: number }): Promise<SpeechProcess> {
  const token = 'a-test-token';
  const main = path.join(import.meta.dirname, '..', 'main.ts');
  const child = spawn(process.execPath, ['--optimize-for-size', '--disable-warning=ExperimentalWarning', main], {
    env: {
      ...process.env,
      SPEECH_PORT: String(options.port),
      SPEECH_TOKEN: token,
      PATCHBAY_SPEECH_CALLS: String(options.calls ?? 4),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${options.port}`;
  await untilHealthy(url, child);
  return {
    url,
    token,
    pid: child.pid ?? 0,
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

async function untilHealthy(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const healthy = await fetch(`${url}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    await sleep(25);
  }
  throw new Error('The speech process ended before it was healthy.');
}
