import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EverythingServer, startEverything } from '#src/server/mcp/testing/everything-server.ts';

const home = mkdtempSync(path.join(tmpdir(), 'patchbay-check-'));
let everything: EverythingServer;
beforeAll(async () => {
  everything = await startEverything('streamableHttp');
});
afterAll(async () => {
  await everything.stop();
  rmSync(home, { recursive: true, force: true });
});

const check = async (...args: string[]): Promise<{ code: number; out: string }> => {
  const words = [path.resolve(import.meta.dirname, 'main.ts'), 'server', 'check', ...args];
  const env = { NODE_ENV: 'test' as const, PATH: process.env.PATH, PATCHBAY_HOME: home };
  return promisify(execFile)(process.execPath, words, { env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      out: error.stdout + error.stderr,
    }),
  );
};

test('prints the ladder of a real server line by line, while Patchbay does not run [C5] [B12]', async () => {
  const { code, out } = await check(everything.url);
  expect(code).toBe(0);
  expect(out).toMatch(
    /✓ address .*\n✓ policy .*\n✓ connect .*\n✓ authentication .*\n✓ protocol .*2025-11-25.*\n✓ cap.*\n✓ listing/,
  );
  const json = await check(everything.url, '--json');
  expect(JSON.parse(json.out)).toMatchObject({ ok: true, server: { name: 'mcp-servers/everything' } });
});

test('names what is wrong, exits with 1, and never prints the key [K10] [B12]', async () => {
  const dead = await check('http://127.0.0.1:9/mcp', '--key', 'secret-key-77', '--header', 'x-key');
  expect(dead.code).toBe(1);
  expect(dead.out).toContain('connection-refused');
  expect(dead.out).not.toContain('secret-key-77');
  const wrong = await check('ftp://example.com');
  expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining('not an http or https address')]);
});
