import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { config } from '#src/server/config.ts';
import { handshake } from '#src/server/mcp/handshake.ts';
import type { McpSession } from '#src/server/mcp/mcp-session.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { npmProgram, ownProgram, program } from '#src/server/mcp/testing/programs.ts';
import { recordTraffic } from '#src/server/mcp/transports/traffic.ts';

const whereSchema = z.object({
  pid: z.number(),
  helper: z.number(),
  calls: z.number(),
  home: z.string(),
  cwd: z.string(),
  names: z.array(z.string()),
});
const textSchema = z.array(z.object({ type: z.literal('text'), text: z.string() }));
const textOf = (content: unknown): string => textSchema.parse(content)[0]?.text ?? '';
const where = async (session: McpSession) =>
  whereSchema.parse(JSON.parse(textOf((await session.callTool('where', {}, { timeoutMs: 10_000 })).content)));
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const gone = async (...pids: number[]) => {
  for (let i = 0; i < 100 && pids.some(alive); i++) await sleep(50);
  return !pids.some(alive);
};

beforeAll(() => {
  config().allowStdio = true;
});
afterAll(() => {
  config().allowStdio = false;
  vi.restoreAllMocks();
});

test('a program is started, listed, called and taken down with all that it started [X1] [X11] [X12]', async () => {
  const session = await openMcpSession({
    server: ownProgram('sqlite-server.ts'),
    env: { PANTRY_KEY: 'pantry-secret' },
  });
  expect((await session.listTools()).map((tool) => tool.name)).toEqual(['amount_left', 'take', 'where', 'crash']);
  const amount = () => session.callTool('amount_left', { name: 'flour' }, { timeoutMs: 5_000 });
  expect(textOf((await amount()).content)).toBe('12 left');
  await session.callTool('take', { name: 'flour' }, { timeoutMs: 5_000 });
  expect(textOf((await amount()).content)).toBe('11 left');
  const { pid, helper, home, cwd, names } = await where(session);
  expect(names).toEqual(['HOME', 'PANTRY_KEY', 'PATH']);
  expect(cwd).toBe(home);
  expect(alive(pid) && alive(helper) && existsSync(home)).toBe(true);
  await session.close();
  expect(await gone(pid, helper)).toBe(true);
  expect(existsSync(home)).toBe(false);
});

test('after kill -9 of the process of a call no child is left [X12]', async () => {
  const holder = spawn(process.execPath, [path.resolve(import.meta.dirname, '../testing/hold-program.ts')], {
    detached: true,
    env: { ...process.env, PATCHBAY_ALLOW_STDIO: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: holder.stdout }), 'line');
  const { pid, helper, home } = whereSchema.parse(JSON.parse(textOf(JSON.parse(String(line)))));
  expect(alive(pid) && alive(helper)).toBe(true);
  // The whole group, as a supervisor does.
  process.kill(-(holder.pid ?? 0), 'SIGKILL');
  expect(await gone(pid, helper)).toBe(true);
  await expect.poll(() => existsSync(home), { timeout: 5_000 }).toBe(false);
});

test('a keeper that is killed takes its program along [X12]', async () => {
  const session = await openMcpSession({ server: ownProgram('sqlite-server.ts', ['--stubborn']) });
  const { pid, helper, home } = await where(session);
  const parentOf = (child: number) =>
    Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(child)], { encoding: 'utf8' }));
  process.kill(parentOf(pid), 'SIGKILL');
  expect(await gone(pid)).toBe(true);
  expect(existsSync(home)).toBe(false);
  await expect(session.listTools()).rejects.toMatchObject({ code: 'program-ended' });
  await session.close();
  process.kill(helper, 'SIGKILL'); // it left the group, and whoever could have known it by its HOME is dead
});

test('one process serves a whole call, or each tool call gets a fresh one [X5]', async () => {
  const perCall = await openMcpSession({ server: ownProgram('sqlite-server.ts') });
  const [first, second] = [await where(perCall), await where(perCall)];
  expect([first.pid === second.pid, second.calls]).toEqual([true, 2]);
  await perCall.close();

  const server = ownProgram('sqlite-server.ts');
  const fresh = await openMcpSession({ server: { ...server, stdio: { ...server.stdio, session: 'per-tool-call' } } });
  const [one, other] = [await where(fresh), await where(fresh)];
  expect([one.pid === other.pid, one.calls, other.calls]).toEqual([false, 1, 1]);
  expect(await gone(one.pid, other.pid)).toBe(true);
  await fresh.close();
});

test('a program that crashes is named with its last words, without its secrets [X1] [V12]', async () => {
  const traffic = recordTraffic();
  const session = await openMcpSession({
    server: ownProgram('sqlite-server.ts'),
    env: { PANTRY_KEY: 'pantry-secret' },
    traffic,
  });
  const crash = session.callTool('crash', {}, { timeoutMs: 5_000 });
  await expect(crash).rejects.toMatchObject({
    code: 'program-ended',
    message: 'The program ended with code 7.',
    raw: 'last words with [hidden]',
  });
  await expect(session.callTool('where', {}, { timeoutMs: 5_000 })).rejects.toMatchObject({ code: 'program-ended' });
  expect(JSON.stringify(traffic.since(0))).not.toContain('pantry-secret');
  await session.close();
});

test('the ladder of a program says what is switched off, missing or broken [X1] [C5]', async () => {
  const run = async (server: Parameters<typeof handshake>[0]['server']) => {
    const { handshake: result } = await handshake({ server });
    const failed = result.steps.find((step) => step.state === 'failed');
    return [result.steps.map((step) => step.state).join(' '), failed?.name, failed?.error?.code];
  };
  expect(await run(program('no-such-program', []))).toEqual([
    'skipped passed failed not-run not-run not-run not-run',
    'connect',
    'program-missing',
  ]);
  expect(await run(program('/bin/sh', ['-c', 'echo broken >&2; exit 3']))).toEqual([
    'skipped passed passed skipped failed not-run not-run',
    'protocol',
    'program-ended',
  ]);
  expect((await run(program('yes', [])))[2]).toBe('not-mcp');
  expect((await run(program('head', ['-c', '9000000', '/dev/zero'])))[2]).toBe('response-too-large');
  config().allowStdio = false;
  expect(await run(program('true', []))).toEqual([
    'skipped failed not-run not-run not-run not-run not-run',
    'policy',
    'stdio-off',
  ]);
  await expect(openMcpSession({ server: program('true', []) })).rejects.toMatchObject({ code: 'stdio-off' });
  config().allowStdio = true;
});

test('a cancelled handshake leaves no program behind [X12]', async () => {
  const cancel = new AbortController();
  const { handshake: result } = await handshake({
    server: program('sleep', ['600.25']),
    signal: cancel.signal,
    onStep: (step) => step.name === 'connect' && cancel.abort(),
  });
  expect(result.steps.find((step) => step.state === 'failed')?.error?.code).toBe('cancelled');
  for (let i = 0; i < 100 && execFileSync('ps', ['-eo', 'args']).includes('sleep 600.25'); i++) await sleep(50);
  expect(execFileSync('ps', ['-eo', 'args']).includes('sleep 600.25')).toBe(false);
});

test.each([
  ['filesystem', npmProgram('@modelcontextprotocol/server-filesystem', [import.meta.dirname]), 'list_directory'],
  ['memory', npmProgram('@modelcontextprotocol/server-memory'), 'read_graph'],
  ['sequential thinking', npmProgram('@modelcontextprotocol/server-sequential-thinking'), 'sequentialthinking'],
  ['everything', npmProgram('@modelcontextprotocol/server-everything', ['stdio']), 'trigger-elicitation-request'],
  ['git', npmProgram('@cyanheads/git-mcp-server'), 'git_log'],
])('the real %s server passes the ladder and lists its tools [X1] [X11] [V4]', async (_, server, tool) => {
  const { handshake: result, found } = await handshake({ server });
  expect(result.steps.map((step) => step.state).join(' ')).toBe('skipped passed passed skipped passed passed passed');
  expect(found?.era).toBe('legacy');
  expect(found?.tools.map(({ name }) => name)).toContain(tool);
  expect(result.steps[4]?.exchanges?.map((exchange) => exchange.rpc)).toContain('initialize');
});

test('the real filesystem server reads a folder [X11] [X4]', async () => {
  const session = await openMcpSession({
    server: npmProgram('@modelcontextprotocol/server-filesystem', [import.meta.dirname]),
  });
  const { content, isError } = await session.callTool(
    'list_directory',
    { path: import.meta.dirname },
    { timeoutMs: 5_000 },
  );
  await session.close();
  expect(isError).toBe(false);
  expect(textOf(content)).toContain('keeper.ts');
});

test('the real web search server lists its tools, and its failing call is shown by name [X11] [V12]', async () => {
  const session = await openMcpSession({
    server: npmProgram('@modelcontextprotocol/server-brave-search'),
    env: { BRAVE_API_KEY: 'no-such-key-0815' },
  });
  expect((await session.listTools()).map((tool) => tool.name)).toEqual(['brave_web_search', 'brave_local_search']);
  const { content, isError } = await session.callTool('brave_web_search', { query: 'pizza' }, { timeoutMs: 20_000 });
  await session.close();
  expect(isError).toBe(true);
  expect(textOf(content)).toMatch(/error/i);
});
