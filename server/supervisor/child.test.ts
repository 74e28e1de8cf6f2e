import { createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { type Child, keepRunning } from '#src/server/supervisor/child.ts';
import { pickPort } from '#src/server/supervisor/ports.ts';

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const keep = (script: string, graceMs = 500): Child =>
  keepRunning(
    { name: 'test', command: process.execPath, args: ['-e', script], env: { NODE_ENV: 'test' }, graceMs },
    { log: () => {}, onChange: () => {} },
  );
const pidOf = (child: Child) =>
  vi.waitFor(() => {
    const pid = child.pid();
    if (pid === null) throw new Error('not up yet');
    return pid;
  }, 10_000);

test('starts a program again that was killed', async () => {
  const child = keep('setInterval(() => {}, 1000)');
  const first = await pidOf(child);
  process.kill(first, 'SIGKILL');
  const second = await vi.waitFor(() => {
    const pid = child.pid();
    if (pid === null || pid === first) throw new Error('not back yet');
    return pid;
  }, 10_000);
  expect(child.restarts()).toBe(1);
  await child.stop();
  expect(alive(second)).toBe(false);
  expect(child.state()).toBe('stopped');
});

test('ends what a program forked and left, and one that does not listen', async () => {
  const child = keep(
    "const c = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']); console.log('forked', c.pid); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)",
  );
  const forked = await vi.waitFor(() => {
    const pid = Number(/forked (\d+)/.exec(child.lastLines().join(' '))?.[1]);
    if (!pid) throw new Error('not forked yet');
    return pid;
  }, 10_000);
  await child.stop();
  await vi.waitFor(() => expect(alive(forked)).toBe(false), 5_000);
});

test('a taken default port moves on and says so; a taken asked one is an error that names its setting', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const address = holder.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  const said: string[] = [];
  const taken = new Set<number>();
  const picked = await pickPort({ part: 'web app', preferred: port, taken, say: (line) => said.push(line) });
  expect(picked).toBeGreaterThan(port);
  expect(said[0]).toContain(`Port ${port} is in use: the web app is on ${picked}`);
  await expect(
    pickPort({ part: 'web app', preferred: port, asked: { variable: 'PORT', port }, taken, say: () => {} }),
  ).rejects.toThrow(/Port \d+ for the web app is in use. Set PORT/);
  holder.close();
});
