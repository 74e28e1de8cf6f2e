import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { CallEvent, CallEventType } from '#src/lib/calls/call-event.ts';
import type { FrozenCall, FrozenServer } from '#src/lib/calls/frozen-call.ts';
import { freePort } from '#src/server/agent/testing/free-port.ts';
import { readCallEvents } from '#src/server/calls/event-log.ts';
import { callerToken, openRoom } from '#src/server/calls/livekit.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls } from '#src/server/db/schema.ts';
import { findLivekitServer } from '#src/server/supervisor/livekit-binary.ts';

export const testTeam = 'team-voice';

export type VoiceStack = {
  livekitUrl: string;
  speech: { url: string; token: string; kill(): void };
  workerPid(): number;
  killWorker(): void;
  startWorker(): Promise<void>;
  /** Ends all, and leaves nothing. */
  stop(): Promise<void>;
};

/** A real LiveKit, the speech process and a worker (with `env`), on free ports; this process reaches them by the environment. */
export async function startVoiceStack(env: Record<string, string> = {}): Promise<VoiceStack> {
  const folder = mkdtempSync(path.join(tmpdir(), 'patchbay-voice-'));
  const [livekitPort, udpPort, tcpPort, speechPort, workerPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const secret = 'test-secret-test-secret-test-secret';
  const livekitUrl = `ws://127.0.0.1:${livekitPort}`;
  writeFileSync(
    path.join(folder, 'livekit.yaml'),
    `port: ${livekitPort}\nbind_addresses: ["127.0.0.1"]\nkeys: {devkey: ${secret}}\nlogging: {level: error}\nrtc:\n  udp_port: ${udpPort}\n  tcp_port: ${tcpPort}\n  use_external_ip: false\n  node_ip: 127.0.0.1\n  enable_loopback_candidate: true\n`,
  );
  Object.assign(process.env, {
    LIVEKIT_URL: livekitUrl,
    LIVEKIT_API_KEY: 'devkey',
    LIVEKIT_API_SECRET: secret,
    SPEECH_PORT: String(speechPort),
    SPEECH_TOKEN: 'test-speech-token',
    WORKER_PORT: String(workerPort),
    PATCHBAY_IDLE_PROCESSES: '1',
  });
  const livekit = start(await findLivekitServer({ say: () => {} }), ['--config', path.join(folder, 'livekit.yaml')]);
  const speech = keepSpeech();
  // As under the supervisor: what the worker forked ends with it.
  const flags = [
    '--optimize-for-size',
    '--max-semi-space-size=2',
    '--import',
    '#src/server/supervisor/parent-watch.ts',
  ];
  let worker: ChildProcess | null = null;
  const startWorker = async () => {
    worker = start(process.execPath, [...flags, 'server/agent/worker.ts', 'start'], { MALLOC_ARENA_MAX: '2', ...env });
    await answers(`http://127.0.0.1:${workerPort}/`);
  };
  const stop = async () => {
    if (worker) await end(worker);
    speech.stop();
    await end(livekit);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answers(`http://127.0.0.1:${livekitPort}/`);
    await answers(`http://127.0.0.1:${speechPort}/health`);
    await startWorker();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    livekitUrl,
    speech: { url: `http://127.0.0.1:${speechPort}`, token: 'test-speech-token', kill: () => speech.kill() },
    workerPid: () => worker?.pid ?? 0,
    killWorker: () => void worker?.kill('SIGKILL'),
    startWorker,
    stop,
  };
}

export type TestCall = { callId: string; room: string; token: string; placedAt: number };

/** Places a call of the test team on a frozen copy of our own making. `knownLines` are sentences that the caller will say. */
export async function placeTestCall(
  config: Partial<FrozenCall['config']>,
  servers: FrozenServer[] = [],
  providers: FrozenCall['providers'] = [],
  knownLines: string[] | null = null,
): Promise<TestCall> {
  const callId = newId('call');
  const frozen: FrozenCall = {
    assistantId: 'asst_test',
    version: null,
    config: assistantConfigSchema.parse({ name: 'Luigi', ...config }),
    servers,
    providers,
  };
  const placedAt = performance.now();
  await forTeam(testTeam, (tx) =>
    tx.insert(calls).values({
      id: callId,
      teamId: testTeam,
      assistantId: 'asst_test',
      assistantName: 'Luigi',
      frozen,
      room: callId,
      status: 'placed',
      callerKind: 'member',
      callerName: 'Ada',
      say: knownLines,
    }),
  );
  await openRoom(callId, callId);
  return { callId, room: callId, token: await callerToken(callId, 'Ada'), placedAt };
}

export async function eventsOf(callId: string): Promise<CallEvent[]> {
  return (await readCallEvents(testTeam, callId, { after: 0, limit: 5000 })).items;
}

/** Waits for the nth event of a type. Throws with what there was when it does not come. */
export async function waitForEvent<T extends CallEventType>(
  callId: string,
  type: T,
  { nth = 1, timeoutMs = 15_000 }: { nth?: number; timeoutMs?: number } = {},
): Promise<Extract<CallEvent, { type: T }>> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const all = await eventsOf(callId);
    const found = all.filter((event): event is Extract<CallEvent, { type: T }> => event.type === type)[nth - 1];
    if (found) return found;
    if (performance.now() > until)
      throw new Error(
        `No ${type} (${nth}) within ${timeoutMs} ms; there were: ${all.map((event) => event.type).join(', ')}`,
      );
    await sleep(50);
  }
}

function start(program: string, args: string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', process.env.PATCHBAY_TEST_OUTPUT ? 'inherit' : 'ignore', 'inherit'],
  });
}

/** The speech process, started again whenever it ends, as the supervisor does. */
function keepSpeech(): { kill(): void; stop(): void } {
  let stopped = false;
  let child: ChildProcess;
  const run = () => {
    child = start(process.execPath, ['--optimize-for-size', 'server/speech/main.ts']);
    child.once('exit', () => {
      if (!stopped) setTimeout(run, 50);
    });
  };
  run();
  return {
    kill: () => void child.kill('SIGKILL'),
    stop: () => {
      stopped = true;
      child.kill('SIGKILL');
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await Promise.race([exited, sleep(8_000)]);
  child.kill('SIGKILL');
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await sleep(100);
  }
  throw new Error(`Nothing answers at ${url}.`);
}
