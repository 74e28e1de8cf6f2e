import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { grammarOfPhrases } from '#src/lib/speech/grammar.ts';
import { resample } from '#src/server/speech/resample.ts';
import { decodeWav, encodeWav } from '#src/server/speech/wav.ts';

const token = 'end-to-end';
export const clipRate = 16_000;

/** A speech process of the tests' own: makes the callers' voices, and judges what came back without asking the product. */
export type TestSpeech = {
  speak: (text: string, voice?: string) => Promise<Int16Array>;
  /** Which of these sentences is it? Empty when none. */
  recognise: (pcm: Int16Array, rate: number, sentences: string[]) => Promise<string>;
  stop: () => void;
};

export async function startTestSpeech(): Promise<TestSpeech> {
  const child: ChildProcess = spawn(
    'node_modules/.bin/node',
    ['--disable-warning=ExperimentalWarning', 'server/speech/main.ts'],
    {
      cwd: path.resolve(import.meta.dirname, '../..'),
      env: { ...process.env, SPEECH_PORT: '0', SPEECH_TOKEN: token },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const found = /"url":"([^"]+)"/.exec(String(chunk))?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the speech process ended with ${code}`)));
  });
  const headers = { authorization: `Bearer ${token}` };
  return {
    async speak(text, voice = 'rms') {
      const response = await fetch(`${url}/v1/audio/speech`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'flite', input: text, voice, response_format: 'wav' }),
      });
      const { pcm, rate } = decodeWav(Buffer.from(await response.arrayBuffer()));
      return resample(pcm, rate, clipRate);
    },
    async recognise(pcm, rate, sentences) {
      const form = new FormData();
      form.set('file', new File([new Uint8Array(encodeWav(resample(pcm, rate, clipRate), clipRate))], 'heard.wav'));
      form.set('prompt', JSON.stringify(grammarOfPhrases(sentences)));
      const response = await fetch(`${url}/v1/audio/transcriptions`, { method: 'POST', headers, body: form });
      return z.object({ text: z.string() }).parse(await response.json()).text;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

/** Writes a microphone: pieces of sound one after the other, numbers being milliseconds of silence. */
export function writeMicrophone(file: string, pieces: (Int16Array | number)[]): string {
  const parts = pieces.map((piece) =>
    typeof piece === 'number' ? new Int16Array(Math.round((piece * clipRate) / 1000)) : piece,
  );
  const all = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  writeFileSync(file, encodeWav(all, clipRate));
  return file;
}
