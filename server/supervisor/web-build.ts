import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const sources = [
  'app',
  'components',
  'lib',
  'server',
  'public',
  'proxy.ts',
  'instrumentation-client.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

/** Builds the web app when its sources changed since the last build. Throws an Error with the builder's last lines. */
export async function buildWeb(
  root: string,
  o: { say: (line: string) => void; log: (line: string) => void },
): Promise<void> {
  const stamp = path.join(root, '.next', 'patchbay-sources');
  const wanted = digestOf(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(stamp, { force: true }); // a build cut short must not count
  o.say('Building the web app (half a minute, once a change)…');
  const lines: string[] = [];
  const child = spawn(process.execPath, [path.join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', PATCHBAY_SKIP_TYPES: '1', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      lines.push(text);
      o.log(`[build] ${text.trimEnd()}`);
    });
  // Whatever ends the start ends the build: the next start could not build beside it.
  const end = () => void child.kill();
  process.once('exit', end);
  const code = await new Promise((resolve) => child.once('close', resolve));
  process.off('exit', end);
  if (code !== 0) throw new Error(`The web app could not be built:\n${lines.join('').slice(-2000)}`);
  writeFileSync(stamp, wanted);
}

function digestOf(root: string): string {
  const hash = createHash('sha256').update(process.version);
  const walk = (at: string) => {
    if (!existsSync(at)) return;
    if (statSync(at).isDirectory()) for (const name of readdirSync(at).sort()) walk(path.join(at, name));
    else if (!/\.test\.tsx?$/.test(at)) hash.update(path.relative(root, at)).update(readFileSync(at));
  };
  for (const source of sources) walk(path.join(root, source));
  return hash.digest('hex');
}
