import { rehearsalVoices } from '#src/lib/assistants/assistant-config.ts';
import { dialogueState } from '#src/lib/rehearsal/dialogue.ts';
import { rehearsalGrammarOf } from '#src/lib/rehearsal/rehearsal-grammar.ts';
import { talk } from '#src/lib/rehearsal/testing/talk.ts';
import { type Grammar, spokenWords } from '#src/lib/speech/grammar.ts';
import type { Heard } from '#src/server/speech/heard.ts';
import { SpeechLink } from '#src/server/speech/speech-link.ts';
import { restaurant, workshop } from '#src/server/speech/testing/fixture-tools.ts';
import { babble, noises, randomStream } from '#src/server/speech/testing/noises.ts';

type Trial = {
  kind: 'sentence' | 'short answer' | 'noise' | 'other words' | 'babble';
  said: string;
  voice: string;
  heard: Heard;
  exact: boolean;
};
export type RecognitionReport = {
  trials: Trial[];
  lines: string[];
  exact: number;
  accepted: number;
  wronglyTaken: number;
  answersAccepted: number;
  noiseRejected: number;
  otherRejected: number;
};

/** Speaks sentences, other words and noise to a running speech process and counts what it makes of them. */
export async function recognitionReport(
  process: { url: string; token: string },
  options: { /** Only each so-manieth sentence. */ every?: number } = {},
): Promise<RecognitionReport> {
  const { every = 1 } = options;
  const some = <T>(list: readonly T[], offset: number): T[] => list.filter((_, i) => (i + offset) % every === 0);
  const trials: Trial[] = [];
  for (const [fixture, sentences] of [
    [restaurant, restaurantSentences],
    [workshop, workshopSentences],
  ] as const) {
    const link = new SpeechLink({ ...process, grammar: grammarOf(fixture) });
    await link.ready;
    const listen = async (kind: Trial['kind'], said: string, voice: string, pcm: Int16Array): Promise<void> => {
      const heard = await hear(link, pcm);
      trials.push({ kind, said, voice, heard, exact: heard.text === spokenWords(said).join(' ') });
    };
    for (const [offset, voice] of rehearsalVoices.entries()) {
      for (const said of some(sentences, offset))
        await listen('sentence', said, voice, await spoken(link, said, voice));
      for (const said of some(otherWords, offset))
        await listen('other words', said, voice, await spoken(link, said, voice));
    }
    for (const { name, pcm } of some(noises(), 0)) await listen('noise', name, '', pcm);
    for (let i = 0; i + 2 < otherWords.length; i += 3) {
      const voices = await Promise.all(
        otherWords.slice(i, i + 3).map((said, n) => spoken(link, said, rehearsalVoices[n] ?? 'slt')),
      );
      await listen('babble', `three voices, ${i / 3}`, '', babble(voices));
    }
    for (const [offset, voice] of rehearsalVoices.entries()) {
      for (const { after, answers } of fixture === restaurant ? restaurantAnswers : workshopAnswers) {
        await link.setGrammar(grammarOf(fixture, after));
        for (const said of some(answers, offset))
          await listen('short answer', said, voice, await spoken(link, said, voice));
      }
    }
    link.close();
  }
  return summary(trials);
}

function summary(trials: Trial[]): RecognitionReport {
  const of = (kind: Trial['kind']): Trial[] => trials.filter((trial) => trial.kind === kind);
  const share = (part: Trial[], whole: Trial[]): number => (whole.length === 0 ? 0 : part.length / whole.length);
  const percent = (part: Trial[], whole: Trial[]): string =>
    `${part.length} of ${whole.length} (${Math.round(share(part, whole) * 1_000) / 10} %)`;
  const understood = (list: Trial[]): Trial[] => list.filter((trial) => trial.heard.understood);
  const rejected = (list: Trial[]): Trial[] => list.filter((trial) => !trial.heard.understood);
  const sentences = of('sentence');
  const exact = sentences.filter((trial) => trial.exact);
  const answers = of('short answer');
  const exactAnswers = answers.filter((trial) => trial.exact);
  const noise = of('noise');
  const other = [...of('other words'), ...of('babble')];
  return {
    trials,
    exact: share(exact, sentences),
    accepted: share(understood(exact), exact),
    wronglyTaken: share(understood(sentences.filter((trial) => !trial.exact)), sentences),
    answersAccepted: share(understood(exactAnswers), exactAnswers),
    noiseRejected: share(rejected(noise), noise),
    otherRejected: share(rejected(other), other),
    lines: [
      `sentences of the grammar, word for word: ${percent(exact, sentences)}`,
      `  of these understood:                   ${percent(understood(exact), exact)}`,
      `  taken with a word wrong:               ${percent(understood(sentences.filter((trial) => !trial.exact)), sentences)}`,
      ...rehearsalVoices.map(
        (voice) =>
          `  word for word, voice ${voice}:             ${percent(
            exact.filter((trial) => trial.voice === voice),
            sentences.filter((trial) => trial.voice === voice),
          )}`,
      ),
      `short answers, word for word:            ${percent(exactAnswers, answers)}`,
      `  of these understood:                   ${percent(understood(exactAnswers), exactAnswers)}`,
      `noise refused:                           ${percent(rejected(noise), noise)}`,
      `other words refused:                     ${percent(rejected(of('other words')), of('other words'))}`,
      `three voices at once refused:            ${percent(rejected(of('babble')), of('babble'))}`,
    ],
  };
}

function grammarOf(fixture: typeof restaurant, after: readonly string[] = []): Grammar {
  const call = talk(fixture);
  for (const said of after) call.say(said);
  return rehearsalGrammarOf(call.setup, dialogueState(call.setup, call.history));
}

async function spoken(link: SpeechLink, text: string, voice: string): Promise<Int16Array> {
  const pieces: Int16Array[] = [];
  for await (const piece of link.synth(text, voice)) pieces.push(piece);
  const pcm = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  pieces.reduce((at, piece) => {
    pcm.set(piece, at);
    return at + piece.length;
  }, 0);
  return pcm;
}

/** As a microphone would bring it: a little noise before and after, in pieces of 32 ms. */
async function hear(link: SpeechLink, pcm: Int16Array): Promise<Heard> {
  const random = randomStream(7);
  const room = (samples: number): Int16Array => Int16Array.from({ length: samples }, () => 6 * random());
  link.start();
  link.audio(room(2_400));
  for (let at = 0; at < pcm.length; at += 512) link.audio(pcm.subarray(at, at + 512));
  link.audio(room(3_500));
  return link.stop(10_000);
}

const restaurantSentences = [
  'how many margherita pizzas are left',
  'how many lasagna do you have',
  'is there any carbonara left',
  'do you have lemonade',
  'what is on the menu',
  'read the menu',
  'i would like to order two margheritas',
  'can i have three lasagnas please',
  'i would like four diavolas',
  'place an order',
  'cancel my order',
  'find a free table for six people tomorrow',
  'book a table for four people tomorrow at eight',
  'book a table for two people on friday at seven',
  'book a table',
  'check what is left',
  'yes please',
  'no thank you',
  'what can you do',
  'thank you goodbye',
  'repeat that please',
  'never mind',
];
const workshopSentences = [
  'what does a battery cost',
  'how much is brake pad',
  'look up a price',
  'what is the price of oil filter',
  'is my car ready',
  'ask about a repair',
  'schedule an inspection',
  'schedule an inspection for tomorrow at nine',
  'write an invoice',
  'i want to write an invoice',
  'help me please',
  'yes do it',
  'good morning',
  'that is all thank you',
];
const restaurantAnswers = [
  { after: ['two margheritas please'], answers: ['it is for maria', 'my name is sarah', 'for john', 'peter'] },
  {
    after: ['two margheritas for Mara please'],
    answers: ['yes', 'no', 'yes please', 'yes but make it three', 'no make it four', 'cancel', 'go ahead', 'correct'],
  },
  { after: ['book a table'], answers: ['tomorrow', 'on friday', 'the third of may', 'today'] },
  { after: ['book a table', 'tomorrow'], answers: ['at eight', 'seven p m'] },
  { after: ['book a table', 'tomorrow', 'at eight'], answers: ['four', 'six people', 'two', 'for ten'] },
  { after: ['cancel an order'], answers: ['a two zero four seven', 'a twenty forty seven'] },
];
const workshopAnswers = [
  {
    after: ['ask about a repair'],
    answers: ['seven', 'one hundred and twelve', 'ninety nine', 'two thousand forty seven'],
  },
  { after: ['schedule an inspection'], answers: ['tomorrow at nine', 'on monday at half past seven'] },
];
const otherWords = [
  'what is the weather in london today',
  'can you recommend a good book',
  'the quick brown fox jumps over the lazy dog',
  'my printer is not working',
  'i lost my credit card yesterday',
  'play some jazz music',
  'set an alarm for half an hour',
  'where did you go to school',
  'the train leaves from the other platform',
  'our meeting was moved to next week',
  'she sells sea shells by the sea shore',
  'who won the football match',
  'it was the best of times',
  'turn off the lights in the kitchen',
  'how tall is mount everest',
  'my dog ate my homework',
  'translate this into french',
  'call my mother',
  'i need a doctor',
  'why is the sky blue',
  'the children were playing outside',
];
