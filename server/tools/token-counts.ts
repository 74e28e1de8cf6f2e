import { setImmediate as yieldToOthers } from 'node:timers/promises';

/** A longer text is counted by its beginning. */
const mostCounted = 20_000;
/** Of one call; the texts are kept until it is over. */
const mostTools = 200;

export type TokenCount = { rawTokens: number; shapedTokens: number };
type Kept<T> = { of: T; raw: Text; shaped: Text };
type Text = { head: string; length: number };

/**
 * Counts how many tokens answers had before and after they were shaped. That takes a table of some 70 MB and a sixth of a second to
 * load, so it is done once the caller has gone: until then the texts are kept, in memory only.
 */
export function tokenCounts<T>(): {
  keep: (of: T, raw: string, shaped: string) => void;
  /** Counts what was kept and forgets it; never throws. */
  countAll: (tell: (of: T, count: TokenCount) => void) => Promise<void>;
} {
  let kept: Kept<T>[] = [];
  return {
    keep: (of, raw, shaped) => {
      if (kept.length < mostTools) kept.push({ of, raw: head(raw), shaped: head(shaped) });
    },
    countAll: async (tell) => {
      const all = kept;
      kept = [];
      if (all.length === 0) return;
      const tokenizer = await import('gpt-tokenizer/encoding/o200k_base').catch(() => null);
      if (!tokenizer) return;
      const count = ({ head: text, length }: Text) =>
        Math.round(tokenizer.countTokens(text, { allowedSpecial: 'all' }) * (text === '' ? 0 : length / text.length));
      for (const { of, raw, shaped } of all) {
        try {
          tell(of, { rawTokens: count(raw), shapedTokens: count(shaped) });
        } catch {
          // A figure less.
        }
        await yieldToOthers();
      }
    },
  };
}

const head = (text: string): Text => ({ head: text.slice(0, mostCounted), length: text.length });
