import { createHash } from 'node:crypto';
import { AppError } from '#src/lib/app-error.ts';
import { type Grammar, grammarWords, withoutWords } from '#src/lib/speech/grammar.ts';
import { EngineThread } from '#src/server/speech/engine-thread.ts';
import type { GrammarQuestion, GrammarReply } from '#src/server/speech/grammar-thread.ts';
import type { Pronunciation, Pronunciations } from '#src/server/speech/pronunciations.ts';
import type { LoadedGrammar } from '#src/server/speech/recogniser-thread.ts';

/** A grammar ready for the recogniser, and the words that nobody knows how to say. */
export type PreparedGrammar = { loaded: LoadedGrammar; dropped: string[] };

const mostKept = 40;

/** Prepares grammars, each once for all calls that use it: an assistant's is the same in all of its calls. */
export class GrammarShelf {
  readonly #pronunciations: Pronunciations;
  readonly #kept = new Map<string, Promise<PreparedGrammar>>();
  #thread: EngineThread<GrammarQuestion, GrammarReply>;
  #ended = false;

  constructor(pronunciations: Pronunciations) {
    this.#pronunciations = pronunciations;
    this.#thread = this.#newThread();
  }

  /** Throws AppError `bad-grammar` when it cannot be used. */
  prepare(grammar: Grammar): Promise<PreparedGrammar> {
    const key = createHash('sha256').update(JSON.stringify(grammar)).digest('base64');
    const prepared = this.#kept.get(key) ?? this.#make(grammar);
    this.#kept.delete(key);
    this.#kept.set(key, prepared);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    // What failed once is tried again: a thread may have died of something else.
    prepared.catch(() => this.#kept.delete(key));
    return prepared;
  }

  async end(): Promise<void> {
    this.#ended = true;
    await this.#thread.end();
  }

  async #make(grammar: Grammar): Promise<PreparedGrammar> {
    const words = grammarWords(grammar);
    const ways: Pronunciation[][] = [];
    // A few at a time: speech that is waited for goes between.
    for (let at = 0; at < words.length; at += 8) {
      ways.push(...(await Promise.all(words.slice(at, at + 8).map((word) => this.#pronunciations.of(word)))));
    }
    const dropped = words.filter((_, i) => ways[i]?.length === 0);
    const { fsg } = await this.#thread
      .ask({ grammar: withoutWords(grammar, new Set(dropped)) })
      .catch((cause: unknown) => {
        throw new AppError('bad-grammar', cause instanceof Error ? cause.message : 'It cannot be used.', { cause });
      });
    return { loaded: { fsg, words: ways.flat() }, dropped };
  }

  #newThread(): EngineThread<GrammarQuestion, GrammarReply> {
    const thread = new EngineThread<GrammarQuestion, GrammarReply>(
      new URL('./grammar-thread.ts', import.meta.url),
      {},
      () => {
        if (!this.#ended) this.#thread = this.#newThread();
      },
    );
    thread.ready.catch(() => {});
    return thread;
  }
}
