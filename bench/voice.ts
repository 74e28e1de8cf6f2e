import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Figure } from '#src/bench/figure.ts';

const spread = z.object({ n: z.number(), p50: z.number().nullable(), p95: z.number().nullable() }).loose();
const pair = z.object({ withoutTool: spread, withTool: spread });
const paused = z.object({ whole: z.number(), cut: z.number(), lost: z.number() });
const figuresSchema = z
  .object({
    voiceToVoice: z.object({ patchbay: pair, plain: pair }),
    ratio: z.object({ withoutTool: z.number().nullable(), withTool: z.number().nullable() }),
    toolsBeforeCommit: z.number(),
    greetingAfterClick: spread,
    pauses: z.object({ patchbay: paused, plain: paused }),
    callProcess: z.object({ rssMbAfter3Min: z.number().nullable(), cpuPercent: z.number().nullable() }),
    slowTools: spread,
    interruptions: z.object({ inAnswer: spread, inToolWait: spread }),
    backchannels: z.object({ whole: z.number(), of: z.number() }),
    writes: z.record(z.string(), z.number()),
    atOnce: z.array(
      z.object({ calls: z.number(), lost: z.number(), turnsLost: z.number(), voiceToVoice: spread, greeting: spread }),
    ),
  })
  .partial();

/** Calls measured on the audio that a caller hears, beside a plain LiveKit agent on the same sound and the same zero-latency model. */
export function voice(...parts: string[]): () => Promise<Figure[]> {
  return async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'patchbay-bench-')), 'voice.json');
    execFileSync(process.execPath, ['server/qa/bench/main.ts', file, ...parts], { stdio: 'inherit' });
    return figuresOf(figuresSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
  };
}

function figuresOf(f: z.infer<typeof figuresSchema>): Figure[] {
  const rows: Figure[] = [];
  const row = (name: string, value: string, expected: string | undefined, how: string) =>
    rows.push({ name, value, expected, how });
  if (f.voiceToVoice && f.ratio) {
    const { patchbay, plain } = f.voiceToVoice;
    const how = 'caller’s last sound to first sound of the answer, interleaved with the plain agent';
    row(
      'Voice to voice, no tool',
      `${words(patchbay.withoutTool)}; plain agent ${words(plain.withoutTool)}; ratio ${f.ratio.withoutTool?.toFixed(2)}`,
      'ratio ≤ 0.68',
      how,
    );
    row(
      'Voice to voice, one tool',
      `${words(patchbay.withTool)}; plain agent ${words(plain.withTool)}; ratio ${f.ratio.withTool?.toFixed(2)}`,
      'ratio ≤ 0.68',
      how,
    );
  }
  if (f.toolsBeforeCommit !== undefined)
    row('Tool calls before their turn’s commit', String(f.toolsBeforeCommit), '0', 'in the same calls');
  if (f.greetingAfterClick)
    row(
      'Place to audible greeting',
      words(f.greetingAfterClick),
      'median ≤ 800 ms',
      'warm, ten MCP servers, on the caller’s audio',
    );
  if (f.pauses)
    row(
      'Sentences with a pause',
      `${pausedWords(f.pauses.patchbay)}; plain agent ${pausedWords(f.pauses.plain)}`,
      'no more cut early than by the plain agent',
      'forty sentences, pauses of 300 to 1,200 ms; cut: a part of the sentence was taken for the turn',
    );
  if (f.callProcess)
    row(
      'A call’s process after three minutes',
      `${f.callProcess.rssMbAfter3Min ?? '–'} MB, ${f.callProcess.cpuPercent ?? '–'} % of a core`,
      '≤ 260 MB',
      'resident memory',
    );
  if (f.slowTools)
    row(
      'Longest silence while a tool takes 3 s',
      words(f.slowTools),
      '≤ 1.2 s',
      'on the caller’s audio, from the caller’s last sound to the end of the answer',
    );
  if (f.interruptions) {
    const how = 'caller’s first sound to the agent’s last, on the caller’s audio';
    row('Caller talks into an answer', words(f.interruptions.inAnswer), '≤ 700 ms', how);
    row('Caller talks into a tool’s filler', words(f.interruptions.inToolWait), '≤ 700 ms', how);
  }
  if (f.backchannels)
    row(
      '“Uh huh” into an answer',
      `${f.backchannels.whole} of ${f.backchannels.of} answers told to their end`,
      'all',
      'uh huh, mm hm and hmm, spoken a second into an answer',
    );
  if (f.writes)
    row(
      'Orders by voice over a till that fails',
      Object.entries(f.writes)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
      '0 double, 0 unaccounted',
      'random delay, error, timeout, broken connection, requests made twice, interruptions',
    );
  for (const load of f.atOnce ?? [])
    row(
      `${load.calls} ${load.calls === 1 ? 'call' : 'calls at once'}`,
      `${words(load.voiceToVoice)}; ${load.lost} agents and ${load.turnsLost} turns lost; greeting ${words(load.greeting)}`,
      load.calls === 3 ? 'p95 ≤ 1.3 × that of one' : undefined,
      'voice to voice, callers on the same cores',
    );
  return rows;
}

const words = (s: z.infer<typeof spread>): string => `p50 ${round(s.p50)} ms, p95 ${round(s.p95)} ms (n ${s.n})`;
const round = (value: number | null): string => (value === null ? '–' : String(Math.round(value)));
const pausedWords = (p: z.infer<typeof paused>): string =>
  `${p.whole} heard whole, ${p.cut} cut early, ${p.lost} not heard`;
