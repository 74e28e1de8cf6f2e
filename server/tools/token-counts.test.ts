import { expect, test } from 'vitest';
import { tokenCounts } from '#src/server/tools/token-counts.ts';

test('tokens are counted when the call is over, of long texts by their beginning, and told once [X4]', async () => {
  const counts = tokenCounts<string>();
  const word = ' margherita';
  counts.keep('short', 'seven left', 'seven');
  counts.keep('long', word.repeat(10_000), word.repeat(100));
  counts.keep('empty', '', '');
  counts.keep('marked', '<|endoftext|>', '<|endoftext|>');
  const told = new Map<string, { rawTokens: number; shapedTokens: number }>();
  await counts.countAll((of, count) => told.set(of, count));
  expect(told.get('short')).toEqual({ rawTokens: 2, shapedTokens: 1 });
  const long = told.get('long');
  expect((long?.rawTokens ?? 0) / (long?.shapedTokens ?? 1)).toBeCloseTo(100, -1);
  expect(told.get('empty')).toEqual({ rawTokens: 0, shapedTokens: 0 });
  expect(told.get('marked')?.rawTokens).toBeGreaterThan(0);
  await counts.countAll(() => expect.unreachable());
});

test('nothing is loaded for a call without tools, and no more than two hundred are kept [X4]', async () => {
  const none = tokenCounts<number>();
  await none.countAll(() => expect.unreachable());
  const many = tokenCounts<number>();
  for (let i = 0; i < 300; i++) many.keep(i, 'a', 'a');
  let told = 0;
  await many.countAll(() => {
    told += 1;
  });
  expect(told).toBe(200);
});
