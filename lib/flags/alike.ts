const filler = new Set(
  'a an the is are do does did can could would will you i me my your please uh um er so and then now just to of hello hi hey okay ok but again'.split(
    ' ',
  ),
);

/** The words of a sentence that carry its meaning. */
export function contentWords(text: string): string[] {
  const words =
    text
      .toLowerCase()
      .normalize('NFKD')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !filler.has(word)).map((word) => (word.length > 3 ? word.replace(/s$/, '') : word));
}

/** How much two sentences say the same, 0 to 1: the share of their words that both have. */
export function alike(one: string, other: string): number {
  const { a, b, both } = words(one, other);
  return both === 0 ? 0 : both / (a + b - both);
}

/** True when two questions ask for the same: one says the other in more words. Another word in a place is another question. */
export function asksTheSame(one: string, other: string): boolean {
  const { a, b, both } = words(one, other);
  const all = a + b - both;
  if (both < 2) return false;
  const within = both === Math.min(a, b);
  return both / all >= (within ? 0.5 : 0.8);
}

function words(one: string, other: string): { a: number; b: number; both: number } {
  const [a, b] = [new Set(contentWords(one)), new Set(contentWords(other))];
  return { a: a.size, b: b.size, both: [...a].filter((word) => b.has(word)).length };
}
