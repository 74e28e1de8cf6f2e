import { AppError } from '#src/lib/app-error.ts';
import { rehearsalVoices } from '#src/lib/assistants/assistant-config.ts';
import { ClipCache } from '#src/server/speech/clip-cache.ts';
import { EngineThread } from '#src/server/speech/engine-thread.ts';
import { compileFlite } from '#src/server/speech/flite.ts';
import type { VoiceQuestion, VoiceReply } from '#src/server/speech/voice-thread.ts';

type VoiceThread = EngineThread<VoiceQuestion, VoiceReply>;

/** Threads that speak. A sentence goes to the least busy one; what was said before comes from the cache. */
export class VoicePool {
  #threads: VoiceThread[] = [];
  readonly #cache = new ClipCache(8_000_000);
  readonly #module: WebAssembly.Module;
  #ended = false;

  private constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  static async open(threads: number): Promise<VoicePool> {
    const pool = new VoicePool(await compileFlite());
    for (let i = 0; i < threads; i++) pool.#addThread();
    await Promise.all(pool.#threads.map((thread) => thread.ready));
    return pool;
  }

  /** 16 kHz mono without silence before it. Throws AppError `unknown-voice` or `nothing-to-say`. */
  async speak(text: string, voice: string): Promise<Int16Array> {
    if (!rehearsalVoices.some((known) => known === voice)) {
      throw new AppError('unknown-voice', `There is no voice called ${voice}.`, {
        hint: `Use one of ${rehearsalVoices.join(', ')}.`,
      });
    }
    const speakable = text.replaceAll('\0', ' ').trim();
    if (!/[\p{L}\p{N}]/u.test(speakable)) throw new AppError('nothing-to-say', 'There are no words in this text.');
    const cached = this.#cache.get(voice, speakable);
    if (cached) return cached;
    const reply = await this.#leastBusy().ask({ type: 'speak', text: speakable, voice });
    if (reply.type !== 'spoken') throw new Error('A voice answered with something else.');
    this.#cache.put(voice, speakable, reply.pcm);
    return reply.pcm;
  }

  /** The phones of one word, in flite's names; empty when it has none. */
  async phones(word: string): Promise<string[]> {
    const reply = await this.#leastBusy().ask({ type: 'phones', word });
    return reply.type === 'phones' ? reply.phones : [];
  }

  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #leastBusy(): VoiceThread {
    const [first, ...others] = this.#threads;
    if (!first) throw new AppError('speech-down', 'No voice is running.', { retryable: true });
    return others.reduce((least, thread) => (thread.busy < least.busy ? thread : least), first);
  }

  #addThread(): void {
    const thread: VoiceThread = new EngineThread(
      new URL('./voice-thread.ts', import.meta.url),
      { module: this.#module },
      () => {
        this.#threads = this.#threads.filter((other) => other !== thread);
        if (!this.#ended) this.#addThread();
      },
    );
    // What goes wrong while a thread starts reaches whoever asks it.
    thread.ready.catch(() => {});
    this.#threads.push(thread);
  }
}
