import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The key that encrypts stored secrets: PATCHBAY_SECRET_KEY, else the one at `secret` in the home, made on the first start (mode 0600). */
export function secretKey(home: string, env: NodeJS.ProcessEnv): Buffer {
  const given = env.PATCHBAY_SECRET_KEY;
  const file = path.join(home, 'secret');
  if (given === undefined && !existsSync(file))
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  const key = Buffer.from((given ?? readFileSync(file, 'utf8')).trim(), 'base64');
  if (key.length !== 32)
    throw new Error(
      `${given === undefined ? file : 'PATCHBAY_SECRET_KEY'} is not 32 bytes in base64. Put the right key there; without it stored keys cannot be read.`,
    );
  return key;
}

/** A password for one purpose, from the secret key: the same at every start, and kept nowhere. */
export function derivedSecret(key: Buffer, purpose: string): string {
  return createHmac('sha256', key).update(`patchbay ${purpose}`).digest('hex');
}
