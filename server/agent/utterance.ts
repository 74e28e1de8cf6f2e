import type { voice } from '@livekit/agents';
import { type SpokenSentence, splitHeard } from '#src/server/agent/heard-words.ts';
import type { Turn } from '#src/server/agent/turn.ts';

export type SpeechKind = 'greeting' | 'answer' | 'filler' | 'apology' | 'prompt';

/** One stretch of the agent's speech: what was made of it, and what of it was heard. */
export class Utterance {
  readonly id: string;
  readonly kind: SpeechKind;
  readonly handle: voice.SpeechHandle;
  readonly turn: Turn | null;
  readonly sentences: SpokenSentence[] = [];
  /** When its first sound left, ms since the epoch. */
  startedAt: number | null = null;
  /** What the caller heard; null until it is over. */
  heard: string | null = null;

  constructor(options: { id: string; kind: SpeechKind; handle: voice.SpeechHandle; turn: Turn | null }) {
    this.id = options.id;
    this.kind = options.kind;
    this.handle = options.handle;
    this.turn = options.turn;
  }

  get text(): string {
    return this.sentences.map((sentence) => sentence.text).join(' ');
  }

  get audioMs(): number {
    return this.sentences.reduce((sum, sentence) => sum + sentence.audioMs, 0);
  }

  get over(): boolean {
    return this.heard !== null;
  }

  /** A sentence is about to be made; the answer takes its audio as it comes. */
  begin(text: string): SpokenSentence {
    const sentence = { text, audioMs: 0 };
    this.sentences.push(sentence);
    return sentence;
  }

  /** It is over: all of it was played, or `playedMs` of it. Answers what was not heard. */
  finish(playedMs: number | 'all'): { heard: string; unheard: string } {
    const split = playedMs === 'all' ? { heard: this.text, unheard: '' } : splitHeard(this.sentences, playedMs);
    this.heard = split.heard;
    return split;
  }
}
