import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new id such as `call_7k2m9qv0x3c8n4ty`: the kind, then 80 random bits. */
export function newId(
  kind:
    | 'call'
    | 'evt'
    | 'asst'
    | 'srv'
    | 'cred'
    | 'tok'
    | 'inv'
    | 'prov'
    | 'hs'
    | 'aud'
    | 'run'
    | 'note'
    | 'hook'
    | 'ask'
    | 'write'
    | 'view'
    | 'cmt'
    | 'look'
    | 'link',
): string {
  let id = `${kind}_`;
  for (const byte of randomBytes(16)) id += alphabet[byte & 31];
  return id;
}
