import { expect, test } from 'vitest';
import { callListQuery } from '#src/server/cli/call-list.ts';

test('the filters of the list are options of the command, and what is none is refused [C9]', () => {
  expect(callListQuery([]).toString()).toBe('limit=20');
  expect(callListQuery(['--since', 'day', '--q', 'two pizzas', '--limit', '5']).toString()).toBe(
    'limit=5&since=day&q=two+pizzas',
  );
  expect(() => callListQuery(['--colour', 'red'])).toThrow(expect.objectContaining({ code: 'unknown-option' }));
  expect(() => callListQuery(['--since'])).toThrow(expect.objectContaining({ code: 'unknown-option' }));
  expect(() => callListQuery(['--since', 'ever'])).toThrow(expect.objectContaining({ code: 'invalid-input' }));
});
