import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** A word as the recogniser learns it: its spelling (`are(2)` for a second way to say it) and its phones. */
export type Pronunciation = [word: string, phones: string];

const phoneNames = new Set(
  'AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH'.split(' '),
);

/**
 * Looks words up in the recogniser's own dictionary, and asks the voice for those that it lacks. Decoders start with
 * an empty dictionary and learn only these: that costs half the memory of the whole one.
 */
export class Pronunciations {
  /** The dictionary's lines by their first letter: a search goes through one part only. */
  readonly #parts = new Map<string, string>();
  readonly #known = new Map<string, Promise<Pronunciation[]>>();
  readonly #askVoice: (word: string) => Promise<string[]>;

  /** `askVoice` gives flite's phones for one word. */
  constructor(askVoice: (word: string) => Promise<string[]>) {
    this.#askVoice = askVoice;
    const dictionary = fs.readFileSync(path.join(modelFolder(), 'en-us', 'dict.txt'), 'latin1');
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      const from = dictionary.indexOf(`\n${letter} `);
      const next = letter === 'z' ? -1 : dictionary.indexOf(`\n${String.fromCharCode(letter.charCodeAt(0) + 1)} `);
      this.#parts.set(letter, dictionary.slice(Math.max(0, from), next < 0 ? undefined : next + 1));
    }
  }

  /** All ways to say a word; none when nobody knows one. Throws what the voice throws; then it is asked anew next time. */
  of(word: string): Promise<Pronunciation[]> {
    const known = this.#known.get(word) ?? this.#find(word);
    if (this.#known.size > 20_000) this.#known.clear();
    this.#known.set(word, known);
    known.catch(() => this.#known.delete(word));
    return known;
  }

  async #find(word: string): Promise<Pronunciation[]> {
    const listed = this.#listed(word);
    return listed.length > 0 ? listed : this.#learn(word);
  }

  #listed(word: string): Pronunciation[] {
    const found: Pronunciation[] = [];
    const part = this.#parts.get(word.charAt(0)) ?? '';
    for (let variant = 1; variant < 6; variant++) {
      const spelling = variant > 1 ? `${word}(${variant})` : word;
      const at = part.indexOf(`\n${spelling} `);
      if (at < 0) break;
      const from = at + spelling.length + 2;
      found.push([spelling, part.slice(from, part.indexOf('\n', from)).trim()]);
    }
    return found;
  }

  async #learn(word: string): Promise<Pronunciation[]> {
    const phones = (await this.#askVoice(word)).map(recogniserPhone);
    if (phones.length === 0 || phones.some((phone) => !phoneNames.has(phone))) return [];
    return [[word, phones.join(' ')]];
  }
}

/** Where the recogniser's model is, with a slash at the end as it wants it. */
export function modelFolder(): string {
  const entry = createRequire(import.meta.url).resolve('soundswallower');
  return path.join(path.dirname(entry).replace(/(\/(umd|jsonly))$/, ''), 'model/');
}

function recogniserPhone(flitePhone: string): string {
  const name = flitePhone.toUpperCase();
  return name === 'AX' ? 'AH' : name;
}
