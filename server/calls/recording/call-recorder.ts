import { FramePlacer } from '#src/lib/recording/frame-placer.ts';
import { type Side, StereoBuffer } from '#src/lib/recording/stereo-buffer.ts';
import { WavFile } from '#src/server/calls/recording/wav-file.ts';

/** Samples a second: all that a voice over the telephone or the browser needs to be judged. */
export const recordingRate = 16_000;
const writeEveryMs = 1_000;
/** A side has its place by then: the placer has settled, and what waited in the process has been read. */
const holdMs = 700;
const bufferMs = 15_000;

export type RecordedTrack = {
  /** A frame of 16 kHz mono whose last sample was there now. */
  take(pcm: Int16Array): void;
  end(): void;
};

export type CallRecorderOptions = {
  file: string;
  /** Milliseconds of the call's clock: the first sample of the recording is its zero. */
  now: () => number;
  /** Told once when the file cannot be written; the call goes on without a recording. */
  onLost: (error: unknown) => void;
};

/** Writes a call to a stereo WAV as it goes: two seconds and a half are the most that a killed process takes with it. */
export class CallRecorder {
  readonly #options: CallRecorderOptions;
  readonly #buffer = new StereoBuffer((bufferMs / 1000) * recordingRate);
  readonly #tracks = new Set<RecordedTrack>();
  readonly #wav: Promise<WavFile | null>;
  readonly #timer: NodeJS.Timeout;
  #writing: Promise<void> = Promise.resolve();
  #lost = false;
  #lastLookAt = 0;

  constructor(options: CallRecorderOptions) {
    this.#options = options;
    this.#wav = WavFile.create(options.file, { rate: recordingRate, channels: 2 }).catch((error: unknown) => {
      this.#lose(error);
      return null;
    });
    this.#timer = setInterval(() => this.#look(), writeEveryMs);
    this.#timer.unref();
  }

  /** Samples that found no place. */
  get lostMs(): number {
    return (this.#buffer.lost / recordingRate) * 1000;
  }

  /** Begins a track of one side. */
  track(side: Side): RecordedTrack {
    const placer = new FramePlacer({ rate: recordingRate });
    const track: RecordedTrack = {
      take: (pcm) => {
        for (const placed of placer.take(pcm, this.#options.now())) this.#buffer.put(side, placed.at, placed.pcm);
      },
      end: () => {
        if (!this.#tracks.delete(track)) return;
        for (const placed of placer.end()) this.#buffer.put(side, placed.at, placed.pcm);
      },
    };
    this.#tracks.add(track);
    return track;
  }

  /** Writes the rest up to now. Answers how long it is, or null when there is no recording. */
  async close(): Promise<{ bytes: number; durationMs: number } | null> {
    clearInterval(this.#timer);
    for (const track of this.#tracks) track.end();
    this.#write(this.#options.now());
    await this.#writing;
    const wav = await this.#wav;
    if (!wav) return null;
    await wav.close().catch(() => {});
    return this.#lost ? null : { bytes: wav.bytes, durationMs: (this.#buffer.taken / recordingRate) * 1000 };
  }

  /** Writes up to the look before: a process that was busy has read since then what waited in it. */
  #look(): void {
    this.#write(this.#lastLookAt - holdMs);
    this.#lastLookAt = this.#options.now();
  }

  #write(untilMs: number): void {
    const pcm = this.#buffer.take((untilMs * recordingRate) / 1000);
    if (pcm.length === 0 || this.#lost) return;
    this.#writing = this.#writing.then(async () => {
      try {
        await (await this.#wav)?.append(pcm);
      } catch (error) {
        this.#lose(error);
      }
    });
  }

  #lose(error: unknown): void {
    if (this.#lost) return;
    this.#lost = true;
    this.#options.onLost(error);
  }
}
