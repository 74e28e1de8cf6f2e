import { expect, test } from 'vitest';
import { cleanKey, mcpAuthInputSchema } from '#src/lib/mcp/mcp-server.ts';

test.for([
  ['as it is', 'sk-1234'],
  ['white space', '  sk-1234\n'],
  ['a no-break space', '\u00a0sk-1234\u00a0'],
  ['zero width', '\u200bsk-1234\ufeff'],
  ['quotes', '"sk-1234"'],
  ['single quotes', "'sk-1234'"],
  ['backticks', '`sk-1234`'],
  ['curly quotes', '\u201csk-1234\u201d'],
  ['German quotes', '\u201esk-1234\u201c'],
  ['the scheme', 'Bearer sk-1234'],
  ['the scheme in capitals', 'BEARER  sk-1234'],
  ['the whole header', 'Authorization: Bearer sk-1234'],
  ['all of it', ' "Bearer \'sk-1234\' "\r\n'],
] as const)('what is pasted round a key is taken off: %s [K3]', ([, pasted]) => {
  expect(cleanKey(pasted)).toBe('sk-1234');
});

test.for([
  ['nothing', ' "" '],
  ['a space inside', 'sk 1234'],
  ['a line break inside', 'sk-\n1234'],
  ['a header after it', 'sk-1234\r\nx-admin: 1'],
  ['an unusual letter', 'sk-\u0441\u0435\u0441'],
  ['endless', 'x'.repeat(9_000)],
] as const)('what cannot be a key is refused by name: %s [K3]', ([, key]) => {
  const parsed = mcpAuthInputSchema.safeParse({ type: 'bearer', key });
  expect(parsed.success).toBe(false);
  expect(parsed.error?.issues[0]?.message).toMatch(/^The key /);
});

test('a key that only looks quoted stays whole [K3]', () => {
  for (const key of ['"half', 'bearer', 'a"b"c', 'Bearer-1']) expect(cleanKey(key)).toBe(key);
});
