import type { ConfirmationWords } from '#src/lib/confirmation/words.ts';

/** What a caller said to a read-back. `change`: a yes or a no with something beside it; `other`: anything else. */
export type Decision = 'yes' | 'no' | 'change' | 'other';

/**
 * Reads what a caller answered to a read-back. Only a plain yes is one: whatever has a word beside it that is not polite goes back to
 * the conversation, and so does a question. A yes and a no together are none of both.
 */
export function readDecision(text: string, words: ConfirmationWords): Decision {
  if (/\?\s*$/.test(text.trim())) return 'other';
  const said = plain(text);
  if (!said) return 'other';
  const yes = without(said, words.yes);
  const no = without(said, words.no);
  const onlyPolite = (rest: string) => without(rest, words.polite).trim() === '';
  const saysYes = yes !== said;
  const saysNo = no !== said;
  if (saysNo && onlyPolite(no)) return 'no';
  if (saysYes && !saysNo && onlyPolite(yes)) return 'yes';
  return saysYes || saysNo || without(said, words.change) !== said ? 'change' : 'other';
}

/** Lower case, no signs, one blank between words and at both ends. */
function plain(text: string): string {
  const words = text
    .toLowerCase()
    .normalize('NFC')
    .replace(/’/g, "'")
    .match(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu);
  return words ? ` ${words.join(' ')} ` : '';
}

/** The words that are left when phrases are taken out, longer ones first. */
function without(said: string, phrases: readonly string[]): string {
  const byLength = [...phrases].sort((a, b) => b.length - a.length);
  let rest = said;
  for (const phrase of byLength) while (rest.includes(` ${phrase} `)) rest = rest.replace(` ${phrase} `, ' ');
  return rest;
}

/** True when the whole of `readBack` is in what was heard. */
export function wasHeard(readBack: string, heard: string): boolean {
  return plain(heard).includes(plain(readBack)) && plain(readBack) !== '';
}
