import { expect, test } from 'vitest';
import { searchWords } from '#src/lib/calls/search-words.ts';

test('the last word may be unfinished, where more letters may follow [C9]', () => {
  expect(searchWords('two pizz')).toEqual({ whole: 'two', prefix: 'pizz' });
  expect(searchWords('zürich')).toEqual({ whole: '', prefix: 'zürich' });
  expect(searchWords('"four peo')).toEqual({ whole: '"four peo', prefix: null });
  expect(searchWords('"four people" win')).toEqual({ whole: '"four people"', prefix: 'win' });
  expect(searchWords('pizza -fun')).toEqual({ whole: 'pizza -fun', prefix: null });
  expect(searchWords('pizza or pas')).toEqual({ whole: 'pizza or pas', prefix: null });
  expect(searchWords('a')).toEqual({ whole: 'a', prefix: null });
  expect(searchWords('ab:*&!')).toEqual({ whole: 'ab:*&!', prefix: null });
});
