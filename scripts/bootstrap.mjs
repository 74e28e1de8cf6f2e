// Runs on whatever Node is installed (20.9 or newer), with its built-ins only: installs the packages, then finds the Node to go on with.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const wantedNode = 24;
const bin = path.join(root, 'node_modules', '.bin');

/** Installs the locked packages when lock or manifest changed since the last time. Ends the process with one sentence when that fails. */
export function ensureInstalled() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'package.json']) hash.update(readFileSync(path.join(root, file)));
  const wanted = hash.digest('hex');
  const stamp = path.join(root, 'node_modules', '.patchbay-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing packages (about a minute, once a change)…');
  const began = Date.now();
  const npm = spawnSync('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    env: withoutNpm(process.env),
    shell: process.platform === 'win32',
  });
  if (npm.error) fail('npm was not found. Install Node.js with npm (https://nodejs.org), then run this again.');
  if (npm.status !== 0)
    fail(
      'The packages could not be installed (npm says why above). Check the network to the npm registry, then run this again.',
    );
  writeFileSync(stamp, wanted);
  console.log(`  ✓ Packages               ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** A Node of the wanted version: the one that a platform package brought, else this one when it is new enough. */
export function nodeProgram() {
  const brought = path.join(bin, 'node');
  if (existsSync(brought)) return realpathSync(brought);
  if (Number(process.versions.node.split('.')[0]) >= wantedNode) return process.execPath;
  return fail(
    `Patchbay needs Node ${wantedNode} here (this is ${process.version}, and there is no package of it for ${process.platform} ${process.arch}). Install it from https://nodejs.org, then run this again.`,
  );
}

/** Goes on in another program; signals are handed on, and its end is ours. */
export function continueIn(program, args, env = {}) {
  const child = spawn(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`,
      NEXT_TELEMETRY_DISABLED: '1',
      ...env,
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${program} could not be started (${error.message}).`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

/** npm puts node_modules/.bin first on the path: it would run on the Node that it is about to replace. */
function withoutNpm(env) {
  const kept = Object.entries(env).filter(
    ([name]) => !/^npm_(config|lifecycle|package|command|execpath|node)/i.test(name),
  );
  const PATH = (env.PATH ?? '')
    .split(path.delimiter)
    .filter((part) => !part.endsWith(path.join('node_modules', '.bin')))
    .join(path.delimiter);
  return { ...Object.fromEntries(kept), PATH };
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
