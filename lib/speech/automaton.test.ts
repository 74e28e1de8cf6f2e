import { expect, test } from 'vitest';
import { type Automaton, compileGrammar, toFsg } from '#src/lib/speech/automaton.ts';
import { type Grammar, grammarOfPhrases, grammarWords, withoutWords } from '#src/lib/speech/grammar.ts';

const grammar = (rules: Record<string, string[]>): Grammar => ({
  rules: Object.entries(rules).map(([name, alternatives]) => ({ name, alternatives })),
});

function accepts({ states }: Automaton, sentence: string): boolean {
  let at = states[0];
  for (const word of sentence.split(' ')) {
    const next = at?.next.get(word);
    at = next === undefined ? undefined : states[next];
  }
  return at?.final ?? false;
}

test('rules, optional parts, groups and loops mean what they mean', () => {
  const automaton = compileGrammar(
    grammar({
      say: ['[please] book <what> (for | to) <n>+', 'bye*  now'],
      what: ['a table', 'a room'],
      n: ['one', 'two'],
    }),
  );
  const yes = ['book a table for one', 'please book a room to two two one', 'now', 'bye bye now'];
  const no = ['book a table', 'please', 'book table for one', 'book a table for', 'bye', 'now now'];
  expect(yes.filter((sentence) => !accepts(automaton, sentence))).toEqual([]);
  expect(no.filter((sentence) => accepts(automaton, sentence))).toEqual([]);
});

test('what cannot be told apart is one state', () => {
  const automaton = compileGrammar(grammarOfPhrases(['one two three', 'four two three', 'one two four']));
  expect(automaton.states).toHaveLength(6);
});

test('a grammar that refers to itself is refused, as is one with a bracket too many', () => {
  expect(() => compileGrammar(grammar({ say: ['yes <say>'] }))).toThrow(/refers to itself/);
  expect(() => compileGrammar(grammar({ say: ['yes ]'] }))).toThrow(SyntaxError);
  expect(() => compileGrammar(grammar({ say: ['(yes'] }))).toThrow(SyntaxError);
});

test('the text form has one line for each word', () => {
  expect(
    toFsg(compileGrammar(grammarOfPhrases(['yes', 'no'])))
      ?.split('\n')
      .filter((line) => line.startsWith('TRANSITION')),
  ).toHaveLength(3);
  expect(toFsg(compileGrammar(grammarOfPhrases([])))).toBeNull();
});

test('without a word, the sentences that need it are gone, and only these', () => {
  const whole = grammar({
    say: ['order <dish>', 'goodbye', 'the <rare> one'],
    dish: ['pizza', 'xyzzy'],
    rare: ['plugh'],
  });
  const known = compileGrammar(withoutWords(whole, new Set(['xyzzy', 'plugh'])));
  expect(grammarWords(whole)).toEqual(['order', 'goodbye', 'the', 'one', 'pizza', 'xyzzy', 'plugh']);
  expect(['order pizza', 'goodbye'].every((sentence) => accepts(known, sentence))).toBe(true);
  expect(['order xyzzy', 'the plugh one'].some((sentence) => accepts(known, sentence))).toBe(false);
});
