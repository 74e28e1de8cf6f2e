import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import createModule, { type Decoder } from 'soundswallower';
import { answerQuestions } from '#src/server/speech/answer-questions.ts';
import type { Heard } from '#src/server/speech/heard.ts';
import { judge } from '#src/server/speech/judge.ts';
import { modelFolder, type Pronunciation } from '#src/server/speech/pronunciations.ts';
import { sampleRate } from '#src/server/speech/protocol.ts';
import { setAutomaton } from '#src/server/speech/set-automaton.ts';
import { VoiceMeter } from '#src/server/speech/voice-meter.ts';

/** An automaton in the engine's text form and the words in it; null: nothing can be said. */
export type LoadedGrammar = { fsg: string | null; words: Pronunciation[] };

export type RecogniserQuestion =
  | { type: 'open'; call: number }
  | { type: 'grammar'; call: number; grammar: LoadedGrammar }
  | { type: 'start'; call: number }
  | { type: 'audio'; call: number; pcm: Int16Array }
  | { type: 'peek'; call: number }
  | { type: 'stop'; call: number }
  | { type: 'close'; call: number };
export type RecogniserReply = { heard?: Heard };

type Ear = {
  decoder: Decoder;
  known: Set<string>;
  fsg: string | null;
  listening: boolean;
  /** The words as they stood when the utterance ended: the best guess when it fits no sentence. */
  lastWords: string;
  samples: number;
  meter: VoiceMeter;
  next: LoadedGrammar | null;
};

const { warmUp, spares } = workerData as { warmUp: { grammar: LoadedGrammar; pcm: Int16Array }; spares: number };
const place: Parameters<typeof createModule>[0] & { modelBase: string } = { modelBase: modelFolder() };
const engine = await createModule(place);
const ears = new Map<number, Ear>();
const free: Ear[] = [];
free.push(await newEar());
// One is enough to begin with; the others are made when nobody is waiting.
const inBetween = answerQuestions(answer);
for (let i = 1; i < spares; i++) {
  await sleep(200);
  await inBetween(async () => void free.push(await newEar()));
}

async function answer(question: RecogniserQuestion): Promise<RecogniserReply> {
  if (question.type === 'open') {
    const ear = free.pop() ?? (await newEar());
    ear.fsg = null;
    ears.set(question.call, ear);
    return {};
  }
  const ear = ears.get(question.call);
  if (!ear) return {};
  switch (question.type) {
    case 'grammar':
      if (ear.listening) ear.next = question.grammar;
      else load(ear, question.grammar);
      return {};
    case 'start':
      end(ear);
      begin(ear);
      return {};
    case 'audio':
      hear(ear, question.pcm);
      return {};
    case 'peek':
      return { heard: understand(ear) };
    case 'stop': {
      end(ear);
      const heard = understand(ear);
      if (ear.next) load(ear, ear.next);
      return { heard };
    }
    case 'close':
      ears.delete(question.call);
      free.push(await asNew(ear));
      return {};
  }
}

function begin(ear: Ear): void {
  ear.samples = 0;
  ear.meter = new VoiceMeter();
  if (ear.fsg === null) return;
  ear.decoder.start();
  ear.listening = true;
}

function hear(ear: Ear, pcm: Int16Array): void {
  if (!ear.listening) return;
  ear.samples += pcm.length;
  ear.meter.add(pcm);
  ear.decoder.process_audio(
    Float32Array.from(pcm, (sample) => sample / 32_768),
    false,
    false,
  );
}

function end(ear: Ear): void {
  if (!ear.listening) return;
  ear.listening = false;
  ear.lastWords = ear.samples === 0 ? '' : ear.decoder.get_text();
  ear.decoder.stop();
}

function understand(ear: Ear): Heard {
  if (ear.fsg === null || ear.samples === 0) return { text: '', confidence: null, understood: false };
  const text = ear.decoder.get_text();
  if (text === '' && !ear.listening) return { text: ear.lastWords, confidence: null, understood: false };
  return judge(text, ear.decoder.get_alignment().w ?? [], ear.meter.hasVoice());
}

function load(ear: Ear, grammar: LoadedGrammar): void {
  ear.next = null;
  if (grammar.fsg === ear.fsg) return;
  const fresh = grammar.words.filter(([word]) => !ear.known.has(word));
  if (fresh.length > 0) ear.decoder.add_words(...fresh);
  for (const [word] of fresh) ear.known.add(word);
  ear.fsg = null;
  if (grammar.fsg !== null) setAutomaton(engine, ear.decoder, grammar.fsg);
  ear.fsg = grammar.fsg;
}

async function newEar(): Promise<Ear> {
  const decoder = new engine.Decoder({
    loglevel: 'FATAL',
    samprate: sampleRate,
    dict: `${modelFolder()}no-dictionary`,
  });
  await decoder.initialize();
  const ear: Ear = {
    decoder,
    known: new Set(),
    fsg: null,
    listening: false,
    lastWords: '',
    samples: 0,
    meter: new VoiceMeter(),
    next: null,
  };
  warm(ear);
  return ear;
}

/** An ear for the next caller: the last one's voice must not colour what it hears. */
async function asNew(ear: Ear): Promise<Ear> {
  try {
    end(ear);
    warm(ear);
    return ear;
  } catch {
    return newEar();
  }
}

/** Cepstral means need real speech, or the first utterance is not recognised. */
function warm(ear: Ear): void {
  load(ear, warmUp.grammar);
  for (let i = 0; i < 2; i++) {
    begin(ear);
    ear.decoder.process_audio(
      Float32Array.from(warmUp.pcm, (sample) => sample / 32_768),
      false,
      true,
    );
    end(ear);
  }
}
