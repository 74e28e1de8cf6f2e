import { createContext, Script } from 'node:vm';

const timeoutMs = 50;
const script = new Script('pattern.test(text)');

/**
 * A regular expression of a server's schema. Some take longer than the universe lives on a text of forty letters, and the text
 * comes from a model: what takes longer than 50 ms counts as fitting, and the server judges it.
 */
export function timedPattern(
  pattern: string,
  flags: string,
): {
  test: (text: string) => boolean;
  /** The validator tells patterns apart by it. */
  toString: () => string;
} {
  const context = createContext({ pattern: new RegExp(pattern, flags), text: '' });
  return {
    toString: () => `/${pattern}/${flags}`,
    test: (text) => {
      context.text = text;
      try {
        return script.runInContext(context, { timeout: timeoutMs }) === true;
      } catch {
        return true;
      }
    },
  };
}
