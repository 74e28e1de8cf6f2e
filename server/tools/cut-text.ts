/** Cuts a text after at most `most` characters, at a word where one ends near there, and says how much is missing. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, most);
  const wordEnd = /\s/.test(text.charAt(most)) ? most : head.search(/\s\S*$/);
  // A text without spaces has no words: then it is cut where it is.
  const kept = wordEnd > most * 0.8 ? head.slice(0, wordEnd) : head;
  return `${kept}\n[cut off: ${text.length - kept.length} more characters]`;
}
