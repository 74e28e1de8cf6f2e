import { expect, test } from 'vitest';
import { readDecision, wasHeard } from '#src/lib/confirmation/read-decision.ts';
import { confirmationWords, confirmationWordsOf } from '#src/lib/confirmation/words.ts';

const { en } = confirmationWords;

test.each([
  'yes',
  'Yes, please.',
  'yeah sure',
  'yes yes',
  'go ahead',
  "that's right",
  'that is correct, thank you',
  'sounds good',
  'okay',
  'oh yes please do',
  'of course',
  'perfect, thanks',
  'um, yes',
  "I'd like that",
  'yes that is all correct',
])('"%s" is a yes [V13]', (said) => expect(readDecision(said, en)).toBe('yes'));

test.each([
  'no',
  'No, thank you.',
  'nope',
  "don't",
  'stop',
  'never mind',
  'not yet',
  'no no no',
  "that's not right",
  "no, don't do that",
  'please cancel that',
  "I don't want that",
])('"%s" is a no [V13]', (said) => expect(readDecision(said, en)).toBe('no'));

test.each([
  'yes but make it two',
  'yes, and a lasagna',
  'no, a lasagna',
  'no, at eight',
  'make it three',
  'actually the garden room',
  'yes if it is not too late',
  'I said yes to my wife',
  'yes but',
  'yes no maybe',
  'right, so how much is it',
  "yes that's too much",
])('"%s" is neither: it changes something', (said) => expect(readDecision(said, en)).toBe('change'));

test.each([
  '',
  '...',
  'hmm',
  'mm-hm',
  'how much is that',
  'yes?',
  'are you sure?',
  'what time do you close',
  'banana',
  'wait',
])('"%s" is something else', (said) => expect(readDecision(said, en)).toBe('other'));

test.each([
  ['de', 'Ja, bitte.', 'Nein, danke.', 'Ja, aber zwei Stück'],
  ['fr', "Oui, d'accord", 'Non merci', 'Oui mais deux'],
  ['es', 'Sí, claro', 'No, gracias', 'Sí, pero dos'],
  ['it', 'Sì, va bene', 'No, grazie', 'Sì, ma due'],
  ['nl', 'Ja, graag', 'Nee, bedankt', 'Ja, maar twee'],
  ['pt', 'Sim, pode fazer', 'Não, obrigado', 'Sim, mas dois'],
  ['pl', 'Tak, proszę', 'Nie, dziękuję', 'Tak, ale dwa'],
])('in %s too', (language, yes, no, change) => {
  const words = confirmationWordsOf(`${language}-XX`);
  expect([yes, no, change].map((said) => readDecision(said, words))).toEqual(['yes', 'no', 'change']);
});

test('a language that we do not know is read as English', () => {
  expect(confirmationWordsOf('xx')).toBe(en);
  expect(confirmationWordsOf(undefined)).toBe(en);
});

test('a read-back counts as heard when the whole of it was', () => {
  expect(wasHeard('Place an order: 2 margherita.', 'Well. Place an order: 2 margherita. Shall I')).toBe(true);
  expect(wasHeard('Place an order: 2 margherita.', 'Place an order: 2')).toBe(false);
  expect(wasHeard('', 'anything')).toBe(false);
});
