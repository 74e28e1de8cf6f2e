import { setTimeout as sleep } from 'node:timers/promises';
import type { CountingServer } from '#src/server/agent/testing/counting-server.ts';
import { startCountingServer } from '#src/server/agent/testing/counting-server.ts';
import { eventsOf, placeTestCall, type VoiceStack, waitForEvent } from '#src/server/agent/testing/voice-stack.ts';
import { sendControl } from '#src/server/calls/livekit.ts';
import { type Quantiles, quantiles } from '#src/server/qa/bench/quantiles.ts';
import { type JoinedCaller, joinAsCaller } from '#src/server/qa/join-as-caller.ts';
import { firstLoudMs, silentTailMs } from '#src/server/qa/loud.ts';
import { speakLine } from '#src/server/qa/speak-line.ts';

const rounds = 8;
const hours = 'when do you open today';
const longAnswer = 'what can you do';

/** The longest silence that a caller hears while a tool takes three seconds, ms. */
export async function silenceOfSlowTools(stack: VoiceStack): Promise<Quantiles> {
  const server = await startCountingServer({ hoursAfterMs: 3_000 });
  try {
    return await inCall(stack, server, async (caller) => {
      const clip = await speakLine(stack.speech, hours);
      const longest: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const ended = (await caller.microphone.say(clip)) - silentTailMs(clip);
        longest.push(Math.round(await longestSilence(caller, ended)));
      }
      return quantiles(longest);
    });
  } finally {
    server.stop();
  }
}

/** From the caller's first sound to the agent's last, when the caller talks into an answer and into a tool's filler, ms. */
export async function stopsAfterInterruption(
  stack: VoiceStack,
): Promise<{ inAnswer: Quantiles; inToolWait: Quantiles }> {
  const server = await startCountingServer({ hoursAfterMs: 4_000 });
  try {
    return await inCall(stack, server, async (caller) => {
      const [ask, hoursClip] = [await speakLine(stack.speech, longAnswer), await speakLine(stack.speech, hours)];
      const stops = { inAnswer: [] as number[], inToolWait: [] as number[] };
      for (let round = 0; round < rounds; round++) {
        for (const [what, clip] of [
          ['inAnswer', ask],
          ['inToolWait', hoursClip],
        ] as const) {
          const asked = await caller.microphone.say(clip);
          if ((await caller.ear.sound(asked, 6_000)) === null) continue;
          await sleep(200 + 50 * round);
          const began = performance.now() + firstLoudMs(ask);
          await caller.microphone.say(ask);
          stops[what].push(Math.round(caller.ear.lastSoundAt - began));
          await caller.ear.sound(performance.now(), 6_000);
          await caller.ear.quiet(30_000);
        }
      }
      return { inAnswer: quantiles(stops.inAnswer), inToolWait: quantiles(stops.inToolWait) };
    });
  } finally {
    server.stop();
  }
}

/** Of answers into which the caller says "uh huh": how many were told to their end. */
export async function answersThroughBackchannels(stack: VoiceStack): Promise<{ whole: number; of: number }> {
  const server = await startCountingServer();
  try {
    let whole = 0;
    await inCall(stack, server, async (caller, callId) => {
      const ask = await speakLine(stack.speech, longAnswer);
      for (const line of ['uh huh', 'mm hm', 'hmm', 'uh huh', 'mm hm', 'hmm']) {
        const before = (await eventsOf(callId)).length;
        const asked = await caller.microphone.say(ask);
        await caller.ear.sound(asked, 6_000);
        await sleep(900);
        await caller.microphone.say(await speakLine(stack.speech, line));
        const answer = await answersSince(callId, before);
        await caller.ear.quiet(30_000);
        if (answer.length === 1 && answer[0]?.type === 'agent-speech-ended') whole += 1;
        else
          console.log(
            `voice: “${line}” ended an answer: ${answer.map((event) => JSON.stringify(event.data)).join(' ')}`,
          );
      }
    });
    return { whole, of: 6 };
  } finally {
    server.stop();
  }
}

/** The ends of what the agent said since; an answer that is held up makes no sound, so its end is waited for in the log. */
async function answersSince(callId: string, seen: number) {
  for (let tries = 0; ; tries++) {
    const since = (await eventsOf(callId)).slice(seen);
    const ends = since.filter(({ type }) => type === 'agent-speech-ended' || type === 'agent-speech-interrupted');
    if (ends.length > 0 || tries > 200) return ends;
    await sleep(100);
  }
}

async function inCall<T>(
  stack: VoiceStack,
  server: CountingServer,
  work: (caller: JoinedCaller, callId: string) => Promise<T>,
): Promise<T> {
  const call = await placeTestCall({ greeting: 'Hello.', rehearsalPhrases: [hours] }, [server.frozen]);
  const caller = await joinAsCaller({ url: stack.livekitUrl, token: call.token });
  try {
    await caller.ear.sound(performance.now(), 20_000);
    await caller.ear.quiet(20_000);
    return await work(caller, call.callId);
  } finally {
    await sendControl(call.room, { type: 'end', reason: 'caller-hung-up' }).catch(() => {});
    await caller.leave();
    await waitForEvent(call.callId, 'call-ended', { timeoutMs: 40_000 }).catch(() => {});
  }
}

/** From the caller's last sound to the end of the answer; the silence before the first sound is one too. */
async function longestSilence({ ear }: JoinedCaller, from: number): Promise<number> {
  // The first sound is a filler, the answer follows.
  for (let at: number | null = from, sounds = 0; at !== null && sounds < 2; sounds++) {
    at = await ear.sound(at, 8_000);
    await ear.quiet(30_000);
  }
  const heard = ear.spans.filter((span) => span.from > from);
  return Math.max(...heard.map((span, i) => span.from - (heard[i - 1]?.to ?? from)));
}
