import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findLivekitServer, livekitVersion } from '#src/server/supervisor/livekit-binary.ts';

let mirror: Server | undefined;
afterEach(() => {
  mirror?.close();
  mirror = undefined;
});

const folder = () => mkdtempSync(path.join(tmpdir(), 'livekit-test-'));
/** A stand-in that only tells its version, as a release archive holds one. */
function program(at: string, version: string): string {
  const file = path.join(at, 'livekit-server');
  writeFileSync(file, `#!/bin/sh\necho "livekit-server version ${version}"\n`);
  chmodSync(file, 0o755);
  return file;
}

/** A stand-in for the place where releases are published. */
async function releases(sum: (archive: Buffer) => string): Promise<string> {
  const at = folder();
  program(at, livekitVersion);
  const name = `livekit_${livekitVersion}_linux_${process.arch === 'x64' ? 'amd64' : process.arch}.tar.gz`;
  execFileSync('tar', ['-czf', name, 'livekit-server'], { cwd: at });
  const archive = readFileSync(path.join(at, name));
  const server = createServer((request, response) => {
    if (request.url?.endsWith('checksums.txt')) response.end(`${sum(archive)}  ${name}\n`);
    else if (request.url?.endsWith(name)) response.end(archive);
    else response.writeHead(404).end();
  });
  mirror = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const env = (more: Record<string, string>) => ({ NODE_ENV: 'test' as const, PATH: folder(), ...more });

test('takes the program that is named, and refuses one that is none', async () => {
  const own = program(folder(), '1.14.2');
  expect(await findLivekitServer({ say: () => {}, env: env({ LIVEKIT_SERVER_BIN: own }) })).toBe(own);
  const old = program(folder(), '1.9.0');
  await expect(findLivekitServer({ say: () => {}, env: env({ LIVEKIT_SERVER_BIN: old }) })).rejects.toThrow(
    /LIVEKIT_SERVER_BIN.*1\.13/,
  );
});

test('fetches the release, checks it, and has it the next time without a network', async () => {
  const cache = folder();
  const settings = env({ PATCHBAY_CACHE: cache, LIVEKIT_RELEASES: await releases(sha) });
  const found = await findLivekitServer({ say: () => {}, env: settings });
  expect(found).toBe(path.join(cache, `livekit-${livekitVersion}`, 'livekit-server'));
  mirror?.close();
  expect(await findLivekitServer({ say: () => {}, env: settings })).toBe(found);
});

test('refuses an archive whose checksum is another, and says what was tried and what to do', async () => {
  const settings = env({ PATCHBAY_CACHE: folder(), LIVEKIT_RELEASES: await releases(() => 'f'.repeat(64)) });
  await expect(findLivekitServer({ say: () => {}, env: settings })).rejects.toThrow(
    /checksum.*go: not installed.*Install it/s,
  );
  const pinned = env({
    PATCHBAY_CACHE: folder(),
    LIVEKIT_RELEASES: await releases(sha),
    LIVEKIT_SERVER_SHA256: '0'.repeat(64),
  });
  await expect(findLivekitServer({ say: () => {}, env: pinned })).rejects.toThrow(/LIVEKIT_SERVER_SHA256/);
});
