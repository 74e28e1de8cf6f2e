import { z } from 'zod';

const ruleName = z.string().regex(/^[a-z][a-z0-9-]*$/);

/**
 * What the rehearsal recogniser listens for. An alternative is a JSGF sequence (https://www.w3.org/TR/jsgf/): words, rule
 * names in angle brackets, optional parts in square brackets. The rule `say` is what a caller may say.
 */
export const grammarSchema = z.object({
  rules: z.array(z.object({ name: ruleName, alternatives: z.array(z.string().min(1).max(2_000)).max(5_000) })).max(500),
});
export type Grammar = z.infer<typeof grammarSchema>;

/** A grammar of whole sentences, nothing else. */
export function grammarOfPhrases(phrases: readonly string[]): Grammar {
  const sentences = phrases.map((phrase) => spokenWords(phrase).join(' ')).filter((sentence) => sentence !== '');
  return { rules: [{ name: 'say', alternatives: [...new Set(sentences)] }] };
}

/** All words that a grammar uses, each once. */
export function grammarWords(grammar: Grammar): string[] {
  const words = new Set<string>();
  for (const { alternatives } of grammar.rules) {
    for (const alternative of alternatives) for (const word of wordsOf(alternative)) words.add(word);
  }
  return [...words];
}

/**
 * The grammar without the sentences that need one of these words. A rule that has nothing left takes with it what
 * refers to it. An empty `say` means that nothing can be said.
 */
export function withoutWords(grammar: Grammar, unknown: ReadonlySet<string>): Grammar {
  let rules = grammar.rules.map(({ name, alternatives }) => ({
    name,
    alternatives: alternatives.filter((alternative) => !wordsOf(alternative).some((word) => unknown.has(word))),
  }));
  for (;;) {
    const left = new Set(rules.filter((rule) => rule.alternatives.length > 0).map((rule) => rule.name));
    const pruned = rules
      .filter((rule) => left.has(rule.name))
      .map(({ name, alternatives }) => ({
        name,
        alternatives: alternatives.filter((alternative) => rulesOf(alternative).every((used) => left.has(used))),
      }));
    const settled =
      pruned.length === rules.length &&
      pruned.every((rule, i) => rule.alternatives.length === rules[i]?.alternatives.length);
    rules = pruned;
    if (settled) return { rules };
  }
}

function wordsOf(alternative: string): string[] {
  return alternative.replace(/<[^>]*>/g, ' ').match(/[a-z][a-z'.-]*/g) ?? [];
}

function rulesOf(alternative: string): string[] {
  return [...alternative.matchAll(/<([a-z][a-z0-9-]*)>/g)].map((match) => match[1] ?? '');
}

/** The words of a text as a recogniser writes them: lower case, no punctuation. Digits are left out. */
export function spokenWords(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{Mn}/gu, '')
      .toLowerCase()
      .replace(/[’`]/g, "'")
      .match(/[a-z](?:[a-z']*[a-z])?/g) ?? []
  );
}
