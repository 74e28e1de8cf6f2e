import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new random token and the digest that is stored in its place. */
export function newToken(prefix: string): { token: string; digest: string } {
  const token = `${prefix}${randomBytes(24).toString('base64url')}`;
  return { token, digest: digestOf(token) };
}

/** SHA-256, hexadecimal. The tokens are random, so no salt and no slow hash is needed. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Compares two digests in constant time. */
export function sameDigest(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
