import { expect, test } from 'vitest';
import { seal, unseal } from '#src/server/secrets/seal.ts';

const key = Buffer.alloc(32, 1);

test('opens what was sealed, and only with the same key and record', () => {
  const sealed = seal(key, 'team/cred', 'sk-very-secret');
  expect(sealed).not.toContain('secret');
  expect(unseal(key, 'team/cred', sealed)).toBe('sk-very-secret');
  expect(() => unseal(Buffer.alloc(32, 2), 'team/cred', sealed)).toThrowError(
    expect.objectContaining({ code: 'secret-unreadable' }),
  );
  expect(() => unseal(key, 'other/cred', sealed)).toThrowError(expect.objectContaining({ code: 'secret-unreadable' }));
  expect(seal(key, 'team/cred', 'sk-very-secret')).not.toBe(sealed);
});
