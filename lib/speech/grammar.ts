import { z } from 'zod';

/**
 * What the rehearsal recogniser listens for: JSGF rules (https://www.w3.org/TR/jsgf/) without header and without a
 * public rule. The rule named `say` is what a caller may say. `words` are all words in the rules, lower case.
 */
export const grammarSchema = z.object({
  rules: z
    .array(z.object({ name: z.string().regex(/^[a-z][a-z0-9-]*$/), expansion: z.string().min(1).max(200_000) }))
    .max(500),
  words: z
    .array(
      z
        .string()
        .regex(/^[a-z][a-z'.-]*$/)
        .max(60),
    )
    .max(5_000),
});
export type Grammar = z.infer<typeof grammarSchema>;

/** A grammar of whole sentences, nothing else. */
export function grammarOfPhrases(phrases: readonly string[]): Grammar {
  const spoken = [
    ...new Set(
      phrases
        .map(spokenWords)
        .filter((words) => words.length > 0)
        .map((words) => words.join(' ')),
    ),
  ];
  const words = [...new Set(spoken.flatMap((phrase) => phrase.split(' ')))];
  return { rules: [{ name: 'say', expansion: spoken.length > 0 ? spoken.join(' | ') : '<NULL>' }], words };
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
