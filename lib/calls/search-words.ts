/** Words in the web's way of searching, and a last one that may be unfinished. */
export type SearchWords = { whole: string; prefix: string | null };

/**
 * Takes the last word off what someone types, when more letters may follow: not inside quotes, not after a minus, and not with
 * `or`, which would bind it otherwise.
 */
export function searchWords(typed: string): SearchWords {
  const words = typed.trim();
  const last = /(?:^|\s)([\p{L}\p{N}_]{2,})$/u.exec(words)?.[1];
  const quotes = words.split('"').length - 1;
  if (last === undefined || quotes % 2 === 1 || /(^|\s)or(\s|$)/i.test(words)) return { whole: words, prefix: null };
  return { whole: words.slice(0, words.length - last.length).trim(), prefix: last };
}
