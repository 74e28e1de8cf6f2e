import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderStore } from '#src/server/files/folder-store.ts';
import { s3Store } from '#src/server/files/s3-store.ts';
import type { FileStore } from '#src/server/files/stored-files.ts';
import { type S3StandIn, startS3StandIn } from '#src/server/files/testing/s3-stand-in.ts';

const keys = { id: 'AKIDTEST', secret: 'not/a+real=secret', region: 'eu-central-1' };
const folder = mkdtempSync(path.join(tmpdir(), 'patchbay-files-'));
let bucket: S3StandIn;
beforeAll(async () => {
  bucket = await startS3StandIn(keys);
});
afterAll(() => {
  bucket.close();
  rmSync(folder, { recursive: true, force: true });
});

const inBucket = (secret = keys.secret) =>
  s3Store({ url: `${bucket.url}/recordings`, region: keys.region, accessKeyId: keys.id, secretAccessKey: secret });
const stores: [string, () => FileStore][] = [
  ['a folder', () => folderStore(path.join(folder, 'kept'))],
  ['a bucket', inBucket],
];

function aFile(bytes: Buffer): string {
  const name = path.join(folder, `${Math.random().toString(36).slice(2)}.wav`);
  writeFileSync(name, bytes);
  return name;
}
async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(stream));
}

for (const [name, open] of stores) {
  test(`${name} keeps a file, gives all of it and parts of it, and deletes it [C9]`, async () => {
    const store = open();
    const bytes = Buffer.from('0123456789');
    const file = aFile(bytes);
    expect(await store.size('team-1/call_1.wav')).toBeNull();
    await store.take('team-1/call_1.wav', file);
    expect(existsSync(file)).toBe(false);
    expect(await store.size('team-1/call_1.wav')).toBe(10);
    expect(await bytesOf(await store.read('team-1/call_1.wav'))).toEqual(bytes);
    expect((await bytesOf(await store.read('team-1/call_1.wav', { from: 2, to: 4 }))).toString()).toBe('234');
    await store.remove('team-1/call_1.wav');
    await store.remove('team-1/call_1.wav');
    expect(await store.size('team-1/call_1.wav')).toBeNull();
    await expect(store.read('team-1/call_1.wav')).rejects.toMatchObject({ code: 'file-gone' });
  });

  test(`${name} is not left by a name with dots or slashes in it [V5]`, async () => {
    const store = open();
    for (const key of ['../secret.wav', 'team/../../x.wav', '/etc/passwd', 'team//x.wav', 'a\0b.wav'])
      await expect(store.size(key)).rejects.toMatchObject({ code: 'bad-key' });
  });
}

test('a folder keeps recordings from the eyes of other users of the machine', async () => {
  const store = folderStore(path.join(folder, 'kept'));
  await store.take('team-2/call_1.wav', aFile(Buffer.from('x')));
  expect(statSync(path.join(folder, 'kept/team-2')).mode & 0o077).toBe(0);
});

test('a large file goes up in parts and comes back whole [C9]', async () => {
  const bytes = Buffer.alloc(40 * 1024 * 1024, 'patchbay');
  await inBucket().take('team-1/long.wav', aFile(bytes));
  const stored = bucket.files.get('/bucket/recordings/team-1/long.wav');
  expect(stored?.equals(bytes)).toBe(true);
  expect(bucket.requests.filter((request) => /^PUT .*partNumber=/.test(request))).toHaveLength(3);
  expect(bucket.refused).toEqual([]);
});

test('a wrong key is refused, said so without the key, and the local file stays [V3]', async () => {
  const file = aFile(Buffer.from('kept'));
  const refused = inBucket('another-secret').take('team-1/refused.wav', file);
  await expect(refused).rejects.toMatchObject({ code: 'files-away', retryable: true });
  await refused.catch((error: unknown) =>
    expect(JSON.stringify(error) + String(error)).not.toContain('another-secret'),
  );
  expect(existsSync(file)).toBe(true);
  expect(bucket.refused.length).toBeGreaterThan(0);
});

test('nothing is left behind in the folder that files come from', () => {
  expect(readdirSync(folder).filter((name) => name.endsWith('.wav'))).toHaveLength(1);
});
