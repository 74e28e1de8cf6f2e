import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeStarter } from '#src/server/cli/server-new.ts';
import { handshake } from '#src/server/mcp/handshake.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
let folder = '';
let project = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'patchbay-starter-'));
  project = path.join(folder, 'Orders Server');
  expect(await writeStarter(project)).toMatchObject({ name: 'orders-server' });
  await symlink(path.join(root, 'node_modules'), path.join(project, 'node_modules'), 'dir');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const inProject = (args: string[], env: Record<string, string> = {}) =>
  run(process.execPath, args, { cwd: project, env: { PATH: process.env.PATH, NODE_ENV: 'test', ...env } });

test('the starter project passes its own test and its own types, on SQLite and on Postgres [K12]', async () => {
  await inProject([path.join(root, 'node_modules/typescript/bin/tsc'), '--noEmit']);
  expect((await inProject(['--test', 'test/*.test.ts'])).stdout).toMatch(/fail 0/);

  const admin = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => {} });
  const name = `starter_${process.pid}`;
  await admin.unsafe(`create database ${name}`);
  try {
    const url = new URL(process.env.DATABASE_URL ?? '');
    url.pathname = `/${name}`;
    const onPostgres = await inProject(['--test', 'test/*.test.ts'], { TEST_DATABASE_URL: url.href });
    expect(onPostgres.stdout).toMatch(/pass 7/);
  } finally {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  }
}, 120_000);

test('the starter project passes the handshake as generated, and its tools are good ones for the phone [K12] [V9]', async () => {
  const key = 'starter-key-0123456789';
  const env = { PATH: process.env.PATH, NODE_ENV: 'test' as const, API_KEYS: key, PORT: '0', DATABASE_URL: 'data.db' };
  const server = spawn(process.execPath, ['src/main.ts'], { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let logged = '';
  server.stderr.on('data', (chunk) => {
    logged += chunk;
  });
  try {
    let url = '';
    for await (const line of createInterface(server.stdout)) {
      url = /http:\S+/.exec(line)?.[0] ?? '';
      if (url) break;
    }
    const auth = { type: 'api-key', in: 'header', name: 'x-api-key', hasKey: true } as const;
    const { handshake: result, found } = await handshake({ server: { url, auth, era: null }, key });
    expect(result, JSON.stringify(result.steps)).toMatchObject({
      ok: true,
      tools: 2,
      server: { name: 'orders-server' },
    });
    const refused = await handshake({ server: { url, auth, era: null }, key: 'starter-key-wrong-one' });
    expect(refused.handshake.steps[3]?.error?.code).toBe('unauthorised');
    const old = await openMcpSession({ server: { url, auth, era: 'legacy' }, key });
    const order = { item: 'tiramisu', quantity: 1, customer: 'Ann' };
    expect(await old.callTool('place_order', order, { timeoutMs: 5_000 })).toMatchObject({ isError: false });
    await old.close();
    const { judgeTool } = await import('#src/lib/mcp/readiness/judge-tool.ts');
    for (const tool of found?.tools ?? []) expect(judgeTool(tool).score, tool.name).toBeGreaterThanOrEqual(80);
    expect(logged).toContain('"event":"request"');
    expect(logged).not.toMatch(/starter-key|Ann/);
    expect((await fetch(new URL('/health', url))).status).toBe(200);
  } finally {
    server.kill();
  }
}, 60_000);

test('without a key the starter does not start, and says which setting is missing [K12]', async () => {
  const failed: unknown = await inProject(['src/main.ts']).catch((error: unknown) => error);
  expect(String(failed)).toContain('API_KEYS is not usable');
});

test('the starter asks for the versions that are tested here, and is not written over something [K12]', async () => {
  const read = async (file: string): Promise<Record<string, Record<string, string>>> =>
    JSON.parse(await readFile(file, 'utf8'));
  const [ours, theirs] = await Promise.all([
    read(path.join(root, 'package.json')),
    read(path.join(project, 'package.json')),
  ]);
  const known = { ...ours.dependencies, ...ours.devDependencies };
  for (const kind of ['dependencies', 'optionalDependencies', 'devDependencies'])
    for (const [name, version] of Object.entries(theirs[kind] ?? {})) expect(known[name], name).toBe(version);
  for (const file of ['.gitignore', '.env.example', '.dockerignore', 'Dockerfile', 'README.md'])
    expect(await readFile(path.join(project, file), 'utf8'), file).not.toBe('');
  await expect(writeStarter(project)).rejects.toMatchObject({ code: 'folder-not-empty' });
});
