// The browser of the end-to-end tests: PATCHBAY_CHROMIUM, one on the path, one in Playwright's cache, apt's (as root), or Playwright's download.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const downloadLimitMs = 60_000;

/** The path of a Chromium that runs. Throws an Error that says what to install. */
export function findChromium() {
  const found = installed();
  if (found) return found;
  if (process.getuid?.() === 0 && runs('apt-get', ['--version'])) {
    console.log('No Chromium here: installing it with apt…');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = () =>
      spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: 'ignore', env })
        .status === 0;
    if (!install()) {
      spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
      install();
    }
    const now = installed();
    if (now) return now;
  }
  console.log('No Chromium here: trying the download of Playwright…');
  spawnSync(process.execPath, [createRequire(import.meta.url).resolve('@playwright/test/cli'), 'install', 'chromium'], {
    stdio: 'ignore',
    timeout: downloadLimitMs,
  });
  const downloaded = installed();
  if (downloaded) return downloaded;
  throw new Error(
    'The end-to-end tests need Chromium. Install it (Debian, Ubuntu: sudo apt-get install chromium) or set PATCHBAY_CHROMIUM to a Chrome or Chromium.',
  );
}

function installed() {
  const named = [process.env.PATCHBAY_CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome', ofPlaywright()].filter(
    Boolean,
  );
  return named.map(onPath).find((program) => program && runs(program, ['--version']));
}

function ofPlaywright() {
  try {
    const { chromium } = createRequire(import.meta.url)('@playwright/test');
    return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined;
  } catch {
    return undefined;
  }
}

function onPath(name) {
  if (name.includes('/')) return existsSync(name) ? name : undefined;
  return spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout?.trim() || undefined;
}

function runs(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
