// `npm run validate`: format, lint, types, arrows, dead code, then the unit and integration tests.
import { spawnSync } from 'node:child_process';
import { checks } from './checks.mjs';

spawnSync('next', ['typegen'], { stdio: 'ignore' });
for (const { name, command, args } of [
  ...checks,
  { name: 'livekit', command: 'node', args: ['scripts/livekit.mjs'] },
  { name: 'unit tests', command: 'vitest', args: ['run'] },
]) {
  const began = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(`${status === 0 ? '✓' : '✕'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (status !== 0) process.exit(status ?? 1);
}
