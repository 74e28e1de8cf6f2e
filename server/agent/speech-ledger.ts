import type { voice } from '@livekit/agents';
import type { CallClock } from '#src/server/agent/call-clock.ts';
import type { EventWriter } from '#src/server/agent/event-writer.ts';
import type { Turn } from '#src/server/agent/turn.ts';
import { type SpeechKind, Utterance } from '#src/server/agent/utterance.ts';

/** After this the room does not tell any more what it played of a speech that was cut off. */
const untoldMs = 200;

export type SpeechLedgerOptions = {
  events: Pick<EventWriter, 'write'>;
  clock: CallClock;
  /** Told when the agent begins and stops to sound. */
  onChange: () => void;
  /** Told the words of an utterance when it begins to sound, and what was heard of them when it is over. */
  onWords?: (text: string) => void;
};

/** Keeps the agent's utterances in the order in which they play, and tells when each began, ended or was cut off. */
export class SpeechLedger {
  readonly #options: SpeechLedgerOptions;
  readonly #utterances: Utterance[] = [];
  readonly #settled: (() => void)[] = [];
  readonly #firstSound = Promise.withResolvers<void>();

  constructor(options: SpeechLedgerOptions) {
    this.#options = options;
  }

  /** True while the agent sounds. */
  get sounding(): boolean {
    return this.#utterances.some((utterance) => utterance.startedAt !== null && !utterance.over);
  }

  /** What the caller heard of what was said in a turn, as far as that is over. */
  heardIn(turn: Turn): string {
    return this.#utterances
      .filter((utterance) => utterance.turn === turn && utterance.heard !== null)
      .map((utterance) => utterance.heard)
      .join(' ');
  }

  /** Waits for the agent's first sound, at most `timeoutMs`. */
  async firstSound(timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([this.#firstSound.promise, late]);
    clearTimeout(timer);
  }

  /** Begins an utterance of a speech handle; one handle may have several, one after the other. */
  open(handle: voice.SpeechHandle, kind: SpeechKind, turn: Turn | null): Utterance {
    const count = this.#utterances.filter((utterance) => utterance.handle === handle).length;
    const utterance = new Utterance({ id: `${handle.id}-${count + 1}`, kind, handle, turn });
    this.#utterances.push(utterance);
    if (count === 0) handle.addDoneCallback(() => this.#drop(handle));
    return utterance;
  }

  /** The room began to play audio at `startedAt` (ms since the epoch). */
  started(startedAt: number): void {
    const utterance = this.#next();
    if (!utterance || utterance.startedAt !== null) return;
    utterance.startedAt = startedAt;
    this.#firstSound.resolve();
    const { turn } = utterance;
    const delayMs =
      turn?.callerStoppedAt && isFirst(utterance, this.#utterances) ? startedAt - turn.callerStoppedAt : null;
    this.#options.events.write(
      'agent-speech-started',
      {
        speechId: utterance.id,
        text: utterance.text,
        kind: utterance.kind,
        delayMs: delayMs === null ? null : Math.round(delayMs),
      },
      { turnId: turn?.id, at: this.#options.clock.fromWall(startedAt) },
    );
    this.#options.onWords?.(utterance.text);
    this.#options.onChange();
  }

  /** The room played `playedMs` and is quiet now. */
  finished(playedMs: number, interrupted: boolean): void {
    const utterance = this.#utterances.find((candidate) => candidate.startedAt !== null && !candidate.over);
    if (!utterance) return;
    this.#close(utterance, interrupted ? playedMs : 'all');
  }

  /** Waits until nothing that was interrupted is still open, at most `timeoutMs`: then it is known what was heard. */
  async settled(timeoutMs = 300): Promise<void> {
    const open = () =>
      this.#utterances.some(
        (utterance) => utterance.handle.interrupted && utterance.startedAt !== null && !utterance.over,
      );
    if (!open()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#settled.push(() => {
        if (open()) return;
        clearTimeout(timer);
        resolve();
      });
    });
    this.#settled.length = 0;
  }

  #next(): Utterance | undefined {
    return this.#utterances.find((utterance) => !utterance.over && utterance.handle.scheduled && utterance.audioMs > 0);
  }

  #close(utterance: Utterance, playedMs: number | 'all'): void {
    const { heard, unheard } = utterance.finish(playedMs);
    const { events, onChange, onWords } = this.#options;
    const ids = { turnId: utterance.turn?.id };
    if (unheard) events.write('agent-speech-interrupted', { speechId: utterance.id, heard, unheard }, ids);
    else events.write('agent-speech-ended', { speechId: utterance.id, text: utterance.text }, ids);
    if (heard) onWords?.(heard);
    for (const check of this.#settled) check();
    onChange();
  }

  /** The room tells a moment later how much of it was played; where it does not, the time that passed is the nearest. */
  #closeUnlessTold(utterance: Utterance, startedAt: number): void {
    const playedMs = Date.now() - startedAt;
    setTimeout(() => {
      if (!utterance.over) this.#close(utterance, playedMs);
    }, untoldMs);
  }

  /** Its handle is done: what never sounded never will. */
  #drop(handle: voice.SpeechHandle): void {
    for (const utterance of this.#utterances) {
      if (utterance.handle !== handle || utterance.over) continue;
      if (utterance.startedAt === null) utterance.finish(0);
      else if (handle.interrupted) this.#closeUnlessTold(utterance, utterance.startedAt);
      else this.#close(utterance, 'all');
    }
  }
}

function isFirst(utterance: Utterance, all: readonly Utterance[]): boolean {
  return all.find((candidate) => candidate.turn === utterance.turn) === utterance;
}
