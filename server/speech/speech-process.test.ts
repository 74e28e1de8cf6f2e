import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Grammar, grammarOfPhrases } from '#src/lib/speech/grammar.ts';
import { SpeechLink } from '#src/server/speech/speech-link.ts';
import { type SpeechProcess, startSpeechProcess } from '#src/server/speech/testing/start-speech-process.ts';
import { decodeWav, encodeWav } from '#src/server/speech/wav.ts';

const question = 'how many margherita pizzas are left';
const grammar = grammarOfPhrases([question, 'thank you goodbye', 'a table by the window please']);
let speech: SpeechProcess;

beforeAll(async () => {
  speech = await startSpeechProcess({ calls: 3 });
});
afterAll(() => speech?.kill('SIGTERM'));

test('a caller is heard and answered over one line [B1]', async () => {
  const link = await openLink();
  await say(link, question);
  expect(await link.peek()).toMatchObject({ text: question, understood: true });
  expect(await link.stop(20_000)).toMatchObject({ text: question, understood: true });
  await say(link, 'thank you goodbye');
  expect((await link.stop(20_000)).text).toBe('thank you goodbye');
  link.close();
});

test('a word that no dictionary has is learned from the voice, one that cannot be said is dropped [B1]', async () => {
  const link = await openLink();
  expect(await link.setGrammar(grammarOfPhrases(['check the zzyzxqr stock', 'one glombrix please']))).toEqual([]);
  await say(link, 'one glombrix please');
  expect(await link.stop(20_000)).toMatchObject({ text: 'one glombrix please', understood: true });
  link.close();
});

test('a grammar with nothing in it hears nothing and breaks nothing', async () => {
  const link = await openLink(grammarOfPhrases([]));
  await say(link, question);
  expect(await link.stop(20_000)).toMatchObject({ text: '', understood: false });
  await link.setGrammar(grammar);
  await say(link, question);
  expect((await link.stop(20_000)).text).toBe(question);
  link.close();
});

test('speech has no silence before it and is the same each time', async () => {
  const link = await openLink();
  const first = await collect(link, 'There are seven left.', 'awb');
  const again = await collect(link, 'There are seven left.', 'awb');
  expect(first.findIndex((sample) => Math.abs(sample) >= 300)).toBeLessThanOrEqual(161);
  expect(first.length).toBeGreaterThan(8_000);
  expect(again).toEqual(first);
  link.close();
});

test('two calls at once do not mix', async () => {
  const [one, two] = await Promise.all([openLink(), openLink()]);
  await Promise.all([say(one, question), say(two, 'thank you goodbye')]);
  const [first, second] = await Promise.all([one.stop(20_000), two.stop(20_000)]);
  expect([first.text, second.text]).toEqual([question, 'thank you goodbye']);
  one.close();
  two.close();
});

test('one call too many is refused by name, and a freed place is given away again', async () => {
  await untilCalls(0);
  const links = await Promise.all([openLink(), openLink(), openLink()]);
  const extra = new SpeechLink({ ...speech, grammar });
  await expect(extra.ready).rejects.toMatchObject({ code: 'speech-full' });
  extra.close();
  for (const link of links) link.close();
  await untilCalls(0);
  (await openLink()).close();
});

test.skipIf(process.platform !== 'linux')('a sentence leaves no file open', async () => {
  const link = await openLink();
  const handles = (): number => fs.readdirSync(`/proc/${speech.pid}/fd`).length;
  const before = handles();
  for (let i = 0; i < 12; i++) await collect(link, `Sentence number ${i}.`, 'slt');
  expect(handles()).toBeLessThanOrEqual(before + 3);
  link.close();
});

test('nobody comes in without the token', async () => {
  const stranger = new WebSocket(`ws://127.0.0.1:${speech.port}/call`, { headers: { authorization: 'Bearer wrong' } });
  const error = await new Promise<Error>((resolve) => stranger.once('error', resolve));
  expect(error.message).toContain('401');
  const answer = await fetch(`${speech.url}/v1/audio/speech`, { method: 'POST', body: '{"input":"hello"}' });
  expect(answer.status).toBe(401);
});

test('bad input is refused in words, and the process lives on', async () => {
  const link = await openLink();
  await expect(collect(link, '...', 'slt')).rejects.toMatchObject({ code: 'nothing-to-say' });
  await expect(collect(link, 'hello', 'siri')).rejects.toMatchObject({ code: 'unknown-voice' });
  const broken: Grammar = { rules: [{ name: 'say', alternatives: ['<say> again'] }] };
  await expect(link.setGrammar(broken)).rejects.toMatchObject({ code: 'bad-grammar' });
  const cases: [string, BodyInit, string][] = [
    ['/v1/audio/speech', 'not json', 'not-json'],
    ['/v1/audio/speech', '{"voice":"slt"}', 'bad-request'],
    ['/v1/audio/transcriptions', form(new Blob(['nothing']), '{"rules":[]}'), 'not-a-wav'],
    ['/v1/audio/transcriptions', new FormData(), 'no-file'],
    ['/v1/elsewhere', '{}', 'not-found'],
  ];
  for (const [path, body, code] of cases) {
    const answer = await post(path, body);
    expect(await answer.json()).toMatchObject({ error: { code } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
  }
  await say(link, question);
  expect((await link.stop(20_000)).text).toBe(question);
  link.close();
});

test('it speaks and hears as an OpenAI-compatible provider does', async () => {
  const spoken = await post(
    '/v1/audio/speech',
    JSON.stringify({ model: 'flite', input: question, voice: 'rms', response_format: 'wav' }),
  );
  const { rate, pcm } = decodeWav(Buffer.from(await spoken.arrayBuffer()));
  expect(rate).toBe(24_000);
  const raw = await post('/v1/audio/speech', JSON.stringify({ input: question, voice: 'rms', response_format: 'pcm' }));
  expect((await raw.arrayBuffer()).byteLength).toBe(pcm.byteLength);
  const wav = new Blob([new Uint8Array(encodeWav(pcm, rate))], { type: 'audio/wav' });
  const heard = await post('/v1/audio/transcriptions', form(wav, JSON.stringify(grammar)));
  expect(await heard.json()).toMatchObject({ text: question, understood: true });
});

test('killed in the middle of an utterance, nothing of it is lost', async () => {
  const states: boolean[] = [];
  const link = new SpeechLink({ ...speech, grammar, onState: (up) => states.push(up) });
  await link.ready;
  const pcm = await collect(link, question, 'rms');
  link.start();
  send(link, pcm.subarray(0, pcm.length / 2));
  await speech.kill('SIGKILL');
  send(link, pcm.subarray(pcm.length / 2));
  const heard = link.stop(30_000);
  speech = await again();
  expect(await heard).toMatchObject({ text: question, understood: true });
  expect(states).toEqual([false, true]);
  link.close();
});

test('killed in the middle of speech, it goes on where it broke off', async () => {
  const link = await openLink();
  const text = 'One moment please, I am looking that up in the big book of everything that there is.';
  const whole = await collect(link, text, 'slt');
  const speaking = link.synth(text, 'slt', { stallMs: 30_000 });
  const pieces: Int16Array[] = [];
  for await (const piece of speaking) {
    pieces.push(piece);
    if (pieces.length === 10) {
      await speech.kill('SIGKILL');
      speech = await again();
    }
  }
  expect(joined(pieces)).toEqual(whole);
  link.close();
});

// A voice's thread that got stuck is given up after 15 s; what was asked of it comes after that.
test('gone for good, it says so within the time it was given', { timeout: 60_000 }, async () => {
  const link = await openLink();
  await say(link, question);
  await speech.kill('SIGTERM');
  await expect(link.stop(300)).rejects.toMatchObject({ code: 'speech-down' });
  await expect(link.synth('hello', 'slt', { stallMs: 200 }).next()).rejects.toMatchObject({ code: 'speech-down' });
  link.close();
  speech = await again();
});

/** The supervisor's part: a new process with the port and the token of the old one. */
function again(): Promise<SpeechProcess> {
  return startSpeechProcess({ port: speech.port, token: speech.token, calls: 3 });
}

async function openLink(own: Grammar = grammar): Promise<SpeechLink> {
  const link = new SpeechLink({ ...speech, grammar: own });
  await link.ready;
  return link;
}

async function collect(link: SpeechLink, text: string, voice: string): Promise<Int16Array> {
  const pieces: Int16Array[] = [];
  for await (const piece of link.synth(text, voice, { stallMs: 20_000 })) pieces.push(piece);
  return joined(pieces);
}

function joined(pieces: Int16Array[]): Int16Array {
  return Int16Array.from(pieces.flatMap((piece) => [...piece]));
}

async function say(link: SpeechLink, text: string): Promise<void> {
  const pcm = await collect(link, text, 'rms');
  link.start();
  send(link, pcm);
  send(link, new Int16Array(3_200));
}

function send(link: SpeechLink, pcm: Int16Array): void {
  for (let at = 0; at < pcm.length; at += 512) link.audio(pcm.subarray(at, at + 512));
}

function post(path: string, body: BodyInit): Promise<Response> {
  return fetch(`${speech.url}${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${speech.token}` } });
}

function form(file: Blob, prompt: string): FormData {
  const data = new FormData();
  data.set('file', file, 'speech.wav');
  data.set('model', 'grammar');
  data.set('prompt', prompt);
  return data;
}

async function untilCalls(calls: number): Promise<void> {
  for (;;) {
    const health = await (await fetch(`${speech.url}/health`)).json();
    if (health.calls === calls) return;
    await sleep(20);
  }
}
