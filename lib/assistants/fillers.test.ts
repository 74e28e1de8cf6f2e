import { expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { defaultPhrases, phrasesFor } from '#src/lib/assistants/default-phrases.ts';
import { fillerPicker, fillers } from '#src/lib/assistants/fillers.ts';
import { languageNames, spokenLanguageSchema } from '#src/lib/assistants/spoken-language.ts';

test('each language has its own sentences, at least four of a kind, none of them twice [V8]', () => {
  for (const language of spokenLanguageSchema.options) {
    expect(languageNames[language]).not.toBe('');
    const { first, still } = fillers[language];
    expect(first.length).toBeGreaterThanOrEqual(4);
    expect(still.length).toBeGreaterThanOrEqual(4);
    expect(new Set([...first, ...still]).size).toBe(first.length + still.length);
  }
  const all = spokenLanguageSchema.options.flatMap((language) => [
    ...fillers[language].first,
    ...fillers[language].still,
    ...Object.values(defaultPhrases[language]).filter((sentence) => sentence !== defaultPhrases[language].slowTool),
  ]);
  expect(new Set(all).size).toBe(all.length);
});

test('the same filler is never said twice in a row, and all of them are said [V8]', () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const picker = fillerPicker({ language: 'de', phrases: { slowTool: defaultPhrases.en.slowTool } }, random);
  for (const kind of ['first', 'still'] as const) {
    const said = Array.from({ length: 200 }, () => picker.next(kind));
    expect(said.some((sentence, i) => sentence === said[i + 1])).toBe(false);
    expect(new Set(said)).toEqual(new Set(fillers.de[kind]));
  }
});

test('what the operator wrote is the first one said, then the others too [V8]', () => {
  const picker = fillerPicker({ language: 'en', phrases: { slowTool: 'Bear with me.' } }, () => 0);
  expect(picker.next('first')).toBe('Bear with me.');
  expect(picker.next('first')).toBe(fillers.en.first[0]);
  expect(picker.of).toEqual({ first: ['Bear with me.', ...fillers.en.first], still: fillers.en.still });
});

test('phrases follow the language where the operator left the default [V8]', () => {
  const config = assistantConfigSchema.parse({ name: 'Luigi' });
  expect(config).toMatchObject({ language: 'en', limits: { fillerAfterMs: 700 } });
  expect(phrasesFor(config)).toEqual(defaultPhrases.en);
  expect(phrasesFor({ ...config, language: 'fr' })).toEqual(defaultPhrases.fr);
  const own = { ...config, language: 'fr' as const, phrases: { ...config.phrases, apology: 'Oh là là.' } };
  expect(phrasesFor(own)).toEqual({ ...defaultPhrases.fr, apology: 'Oh là là.' });
});

test('a config of before parses as it is, and a language that nobody speaks here does not [V8]', () => {
  const limits = { silenceMs: 20_000, maxDurationMs: 60_000 };
  expect(assistantConfigSchema.parse({ name: 'Luigi', limits })).toMatchObject({
    language: 'en',
    limits: { ...limits, fillerAfterMs: 700 },
  });
  expect(assistantConfigSchema.safeParse({ name: 'Luigi', language: 'tlh' }).success).toBe(false);
});
