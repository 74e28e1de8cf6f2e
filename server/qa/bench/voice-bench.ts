import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { RoomEvent } from '@livekit/rtc-node';
import { AgentDispatchClient } from 'livekit-server-sdk';
import { z } from 'zod';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { type CountedCalls, countedCalls } from '#src/server/agent/testing/counting-calls.ts';
import { type CountingServer, startCountingServer } from '#src/server/agent/testing/counting-server.ts';
import { freePort } from '#src/server/agent/testing/free-port.ts';
import {
  eventsOf,
  placeTestCall,
  startVoiceStack,
  type TestCall,
  type VoiceStack,
  waitForEvent,
} from '#src/server/agent/testing/voice-stack.ts';
import { callerToken, closeRoom, openRoom, sendControl } from '#src/server/calls/livekit.ts';
import { config } from '#src/server/config.ts';
import { newId } from '#src/server/db/new-id.ts';
import {
  answersThroughBackchannels,
  silenceOfSlowTools,
  stopsAfterInterruption,
} from '#src/server/qa/bench/heard-parts.ts';
import { committedTopic, plainAgentName } from '#src/server/qa/bench/plain-agent.ts';
import { figuresOf } from '#src/server/qa/bench/process-figures.ts';
import { type Quantiles, quantiles } from '#src/server/qa/bench/quantiles.ts';
import { sentencesWithPauses } from '#src/server/qa/bench/sentences-with-pauses.ts';
import { joinAsCaller } from '#src/server/qa/join-as-caller.ts';
import { runSyntheticCaller } from '#src/server/qa/run-synthetic-caller.ts';
import { speakLine } from '#src/server/qa/speak-line.ts';

const question = 'how many margherita pizzas are left';
const chat = 'what can you do';
const greeting = 'Hello, this is Luigi.';
const say = (line: string) => console.log(`voice: ${line}`);

export type VoiceFigures = {
  voiceToVoice: Record<'patchbay' | 'plain', { withoutTool: Quantiles; withTool: Quantiles }>;
  ratio: { withoutTool: number; withTool: number };
  toolsBeforeCommit: number;
  greetingAfterClick: Quantiles;
  /** Of forty sentences with a pause: heard as one turn, cut into several, not heard at all. */
  pauses: Record<'patchbay' | 'plain', { whole: number; cut: number; lost: number }>;
  callProcess: { rssMbAfter3Min: number | null; cpuPercent: number | null };
  /** The longest silence while a tool takes three seconds. */
  slowTools: Quantiles;
  interruptions: { inAnswer: Quantiles; inToolWait: Quantiles };
  backchannels: { whole: number; of: number };
  writes: CountedCalls;
  atOnce: { calls: number; lost: number; turnsLost: number; voiceToVoice: Quantiles; greeting: Quantiles }[];
};

export const voiceBenchParts = ['compare', 'greetings', 'at-once', 'pauses', 'heard', 'writes'] as const;
export type VoiceBenchPart = (typeof voiceBenchParts)[number];

/** Measures calls on the audio that a caller hears. Needs the database of the tests; all parts take about twelve minutes. */
export async function voiceBench(parts: readonly VoiceBenchPart[] = voiceBenchParts): Promise<Partial<VoiceFigures>> {
  const stack = await startVoiceStack({ PATCHBAY_IDLE_PROCESSES: '6', PATCHBAY_MAX_CALLS: '10' });
  const server = await startCountingServer();
  const plain = await startPlainAgent();
  const bench = { stack, server };
  const figures: Partial<VoiceFigures> = {};
  try {
    // Until the idle processes are there, a call would wait for its own.
    await sleep(10_000);
    if (parts.includes('compare')) Object.assign(figures, await compare(bench));
    if (parts.includes('greetings')) figures.greetingAfterClick = await greetings(bench);
    if (parts.includes('at-once')) {
      figures.atOnce = [];
      for (const calls of [1, 3, 6]) figures.atOnce.push(await together(bench, calls));
    }
    if (parts.includes('heard')) {
      figures.slowTools = await silenceOfSlowTools(stack);
      figures.interruptions = await stopsAfterInterruption(stack);
      figures.backchannels = await answersThroughBackchannels(stack);
    }
    if (parts.includes('writes')) figures.writes = await countedCalls(stack, 20);
    if (parts.includes('pauses')) Object.assign(figures, await pausesAndMemory(bench));
    return figures;
  } finally {
    plain.kill('SIGKILL');
    server.stop();
    await stack.stop();
  }
}

type Bench = { stack: VoiceStack; server: CountingServer };

const assistant = { greeting, rehearsalPhrases: [question] };

async function compare({
  stack,
  server,
}: Bench): Promise<Pick<VoiceFigures, 'voiceToVoice' | 'ratio' | 'toolsBeforeCommit'>> {
  const nothing = (): Record<'withoutTool' | 'withTool', (number | null)[]> => ({ withoutTool: [], withTool: [] });
  const heard = { patchbay: nothing(), plain: nothing() };
  let toolsBeforeCommit = 0;
  const lines = [question, chat, question, chat];
  for (let round = 1; round <= 4; round++) {
    for (const who of ['patchbay', 'plain'] as const) {
      server.calls.length = 0;
      const call =
        who === 'patchbay' ? await placeTestCall(assistant, [server.frozen]) : await placePlainCall(server, []);
      const { turns } = await runSyntheticCaller({
        url: stack.livekitUrl,
        token: call.token,
        lines,
        goesOn: true,
        limits: { greetingMs: 20_000, answerMs: 6_000, answerLengthMs: 40_000 },
        speak: (line) => speakLine(stack.speech, line),
      });
      for (const turn of turns)
        heard[who][turn.line === question ? 'withTool' : 'withoutTool'].push(turn.voiceToVoiceMs);
      if (who === 'patchbay') toolsBeforeCommit += await uncommittedTools(call);
      await hangUp(who, call);
    }
    say(
      `round ${round}: Patchbay ${quantiles(heard.patchbay.withTool).p50} ms with a tool, plain LiveKit agent ${quantiles(heard.plain.withTool).p50} ms`,
    );
  }
  const of = (who: 'patchbay' | 'plain') => ({
    withoutTool: quantiles(heard[who].withoutTool),
    withTool: quantiles(heard[who].withTool),
  });
  const voiceToVoice = { patchbay: of('patchbay'), plain: of('plain') };
  const ratio = (part: 'withoutTool' | 'withTool') =>
    Number((voiceToVoice.patchbay[part].p50 / voiceToVoice.plain[part].p50).toFixed(3));
  return { voiceToVoice, ratio: { withoutTool: ratio('withoutTool'), withTool: ratio('withTool') }, toolsBeforeCommit };
}

/** Tool calls in the log that no committed turn stands before. */
async function uncommittedTools(call: TestCall): Promise<number> {
  const events = await eventsOf(call.callId);
  return events.filter(
    (event) =>
      event.type === 'tool-started' &&
      !events.some(
        (other) => other.type === 'turn-committed' && other.turnId === event.turnId && other.seq < event.seq,
      ),
  ).length;
}

async function greetings({ stack, server }: Bench): Promise<Quantiles> {
  const tenServers = Array.from({ length: 10 }, (_, at) => ({ ...server.frozen, id: `srv_${at}` }));
  const times: number[] = [];
  for (let round = 0; round < 8; round++) {
    const clicked = performance.now();
    const call = await placeTestCall(assistant, tenServers);
    const placedMs = performance.now() - clicked;
    const { greetingMs } = await runSyntheticCaller({
      url: stack.livekitUrl,
      token: call.token,
      lines: [],
      speak: async () => new Int16Array(),
    });
    times.push(Math.round(placedMs + greetingMs));
    await hangUp('patchbay', call);
    await sleep(3_000);
  }
  say(`greeting: ${quantiles(times).p50} ms after the click, with ten servers`);
  return quantiles(times);
}

const heardSchema = z.object({ greetingMs: z.number().nullable(), voiceToVoiceMs: z.array(z.number().nullable()) });

async function together({ stack, server }: Bench, count: number): Promise<VoiceFigures['atOnce'][number]> {
  const lines = [question, chat, question, chat, question, chat];
  const results = await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      await sleep(at * 1_200);
      const call = await placeTestCall(assistant, [server.frozen]);
      const task = JSON.stringify({ url: stack.livekitUrl, token: call.token, lines, speech: stack.speech });
      const { stdout } = await promisify(execFile)(process.execPath, ['server/qa/bench/caller-process.ts', task], {
        timeout: 240_000,
      });
      await hangUp('patchbay', call);
      return heardSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
    }),
  );
  const heard = results.flatMap((result) => result.voiceToVoiceMs);
  const figures = {
    calls: count,
    lost: results.filter((result) => result.greetingMs === null).length,
    turnsLost: count * lines.length - heard.filter((ms) => ms !== null).length,
    voiceToVoice: quantiles(heard),
    greeting: quantiles(results.map((result) => result.greetingMs)),
  };
  say(
    `${count} at once: p50 ${figures.voiceToVoice.p50} ms, p95 ${figures.voiceToVoice.p95} ms, ${figures.turnsLost} turns lost`,
  );
  await sleep(5_000);
  return figures;
}

/** Forty sentences with pauses to each agent, both at the same time; Patchbay's call is long enough to weigh its process. */
async function pausesAndMemory({ stack, server }: Bench): Promise<Pick<VoiceFigures, 'pauses' | 'callProcess'>> {
  const sentences = sentencesWithPauses.map(([before, , after]) => `${before} ${after}`);
  const clips: Int16Array[] = [];
  for (const [before, pauseMs, after] of sentencesWithPauses)
    clips.push(await withPause(stack, before, pauseMs, after));
  const call = await placeTestCall(assistant, [server.frozen], [], sentences);
  const plainCall = await placePlainCall(server, sentences);
  const started = performance.now();
  let callProcess: VoiceFigures['callProcess'] = { rssMbAfter3Min: null, cpuPercent: null };
  const weigh = async () => {
    await waitForEvent(call.callId, 'agent-speech-ended', { timeoutMs: 30_000 });
    const first = callProcesses(stack);
    const weighedMs = performance.now();
    await sleep(180_000 - (performance.now() - started));
    const spent = callProcesses(stack).map((now) => ({
      rssMb: now.rssMb,
      cpuMs: now.cpuMs - (first.find((was) => was.pid === now.pid)?.cpuMs ?? now.cpuMs),
    }));
    const [busiest] = spent.toSorted((one, other) => other.cpuMs - one.cpuMs);
    if (!busiest) return;
    const cpuPercent = Number(((100 * busiest.cpuMs) / (performance.now() - weighedMs)).toFixed(1));
    callProcess = { rssMbAfter3Min: busiest.rssMb, cpuPercent };
  };
  const turnsHere = async () => {
    const events = await eventsOf(call.callId);
    return events.flatMap((event) => (event.type === 'turn-committed' ? [event.data.text] : []));
  };
  const [patchbay, plain] = await Promise.all([
    speakAll(stack, call, clips, sentences, turnsHere),
    speakAll(stack, plainCall, clips, sentences, null),
    weigh(),
  ]);
  await Promise.all([hangUp('patchbay', call), hangUp('plain', plainCall)]);
  say(
    `pauses, sentences cut: ${patchbay.cut} here, ${plain.cut} by the plain agent; lost: ${patchbay.lost} and ${plain.lost}`,
  );
  return { pauses: { patchbay, plain }, callProcess };
}

/**
 * Speaks all clips, waiting for the agent to be quiet after each, and judges each by the turns that came of it: its own
 * words as one turn, anything else than that (a half of it was taken for a turn), or nothing.
 */
async function speakAll(
  stack: VoiceStack,
  call: TestCall,
  clips: readonly Int16Array[],
  sentences: readonly string[],
  turnsNow: (() => Promise<string[]>) | null,
): Promise<{ whole: number; cut: number; lost: number }> {
  const caller = await joinAsCaller({ url: stack.livekitUrl, token: call.token });
  const figures = { whole: 0, cut: 0, lost: 0 };
  const told: string[] = [];
  caller.room.on(RoomEvent.DataReceived, (payload, _participant, _kind, topic) => {
    if (topic === committedTopic) told.push(new TextDecoder().decode(payload));
  });
  const turns = async () => (turnsNow ? await turnsNow() : told);
  try {
    await caller.ear.sound(performance.now(), 20_000);
    await caller.ear.quiet(20_000);
    for (const [at, clip] of clips.entries()) {
      const before = (await turns()).length;
      const ended = await caller.microphone.say(clip);
      await caller.ear.sound(ended, 4_000);
      await caller.ear.quiet(30_000);
      const heard = (await turns()).slice(before);
      if (heard.length === 0) figures.lost += 1;
      else if (heard.length === 1 && heard[0] === sentences[at]) figures.whole += 1;
      else {
        figures.cut += 1;
        if (turnsNow) say(`cut: “${sentences[at]}” became ${heard.map((turn) => `“${turn}”`).join(', ')}`);
      }
    }
  } finally {
    await caller.leave();
  }
  return figures;
}

async function withPause(stack: VoiceStack, before: string, pauseMs: number, after: string): Promise<Int16Array> {
  const [first, second] = [await speakLine(stack.speech, before), await speakLine(stack.speech, after)];
  const pause = Int16Array.from({ length: pauseMs * 16 }, () => Math.round(Math.random() * 8 - 4));
  return Int16Array.from([...first, ...pause, ...second]);
}

function callProcesses(stack: VoiceStack) {
  return figuresOf(stack.workerPid()).filter(({ command }) => command.includes('job_proc'));
}

async function placePlainCall(server: CountingServer, knownLines: string[]): Promise<TestCall> {
  const room = newId('call');
  const { url, apiKey, apiSecret } = config().livekit;
  await openRoom(room);
  const metadata = JSON.stringify({
    config: assistantConfigSchema.parse({ name: 'Luigi', ...assistant }),
    server: server.frozen,
    knownLines,
  });
  await new AgentDispatchClient(url.replace(/^ws/, 'http'), apiKey, apiSecret).createDispatch(room, plainAgentName, {
    metadata,
  });
  return { callId: room, room, token: await callerToken(room, 'Ada'), placedAt: performance.now() };
}

async function hangUp(who: 'patchbay' | 'plain', call: TestCall): Promise<void> {
  if (who === 'plain') return closeRoom(call.room);
  await sendControl(call.room, { type: 'end', reason: 'caller-hung-up' }).catch(() => {});
  await waitForEvent(call.callId, 'call-ended', { timeoutMs: 40_000 }).catch(() => {});
}

async function startPlainAgent(): Promise<ChildProcess> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ['--import', '#src/server/supervisor/parent-watch.ts', 'server/qa/bench/plain-agent.ts', 'start'],
    {
      env: { ...process.env, PLAIN_PORT: String(port) },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  for (let tries = 0; tries < 300; tries++) {
    if (
      await fetch(`http://127.0.0.1:${port}/`).then(
        (response) => response.ok,
        () => false,
      )
    )
      return child;
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error('The plain agent does not start.');
}
