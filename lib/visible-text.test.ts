import { expect, test } from 'vitest';
import { visibleText } from '#src/lib/visible-text.ts';

test('marks that hide or turn text round are written out', () => {
  expect(visibleText('pay \u202e001 RUE')).toBe('pay ⟨U+202E⟩001 RUE');
  expect(visibleText('a\u0000b\u001b[31mc')).toBe('a⟨U+0000⟩b⟨U+001B⟩[31mc');
  expect(visibleText('zero\u200bwidth')).toBe('zero⟨U+200B⟩width');
  expect(visibleText('lone \ud800 half')).toBe('lone ⟨U+D800⟩ half');
  expect(visibleText('a\u3164b\ufe00c\u{e0100}d\u{e0041}')).toBe('a⟨U+3164⟩b⟨U+FE00⟩c⟨U+E0100⟩d⟨U+E0041⟩');
});

test('ordinary text of any script stays as it is', () => {
  const text = 'Città, 東京, עברית, 👩‍🍳 ❤️? no\n\ttab';
  expect(visibleText(text)).toBe(text);
});
