/**
 * Cuts streamed text into sentences that can be spoken on their own, as early as possible. What is left when the text
 * ends comes last. A full stop inside a number or a short abbreviation does not end a sentence.
 */
export async function* sentences(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of text) {
    rest += piece;
    for (let end = sentenceEnd(rest); end > 0; end = sentenceEnd(rest)) {
      const sentence = rest.slice(0, end).trim();
      rest = rest.slice(end);
      if (sentence) yield sentence;
    }
  }
  if (rest.trim()) yield rest.trim();
}

function sentenceEnd(text: string): number {
  for (const match of text.matchAll(/[.!?…]["')\]]?\s+|\n+/g)) {
    const end = match.index + match[0].length;
    const before = text.slice(0, match.index + 1);
    if (match[0].startsWith('.') && /(^|\s)(\p{L}|mr|mrs|ms|dr|st|no|vs|e\.g|i\.e)\.$/iu.test(before)) continue;
    if (before.trim().length >= 2) return end;
  }
  return 0;
}
