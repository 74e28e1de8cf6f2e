import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** The version that is fetched or built; one of your own must be `oldest` or newer. */
export const livekitVersion = '1.13.5';
const oldest = [1, 13];

export type LivekitSearch = {
  say: (line: string) => void;
  env?: NodeJS.ProcessEnv;
};

/**
 * A livekit-server program: the one that LIVEKIT_SERVER_BIN names, one fetched or built before, one on the PATH,
 * the official release (checked against its checksums), or one built with Go. Throws an Error that tells what was tried and what to do.
 */
export async function findLivekitServer(o: LivekitSearch): Promise<string> {
  const env = o.env ?? process.env;
  if (env.LIVEKIT_SERVER_BIN) {
    if (!isUsable(env.LIVEKIT_SERVER_BIN))
      throw new Error(
        `LIVEKIT_SERVER_BIN (${env.LIVEKIT_SERVER_BIN}) is no livekit-server of version ${oldest.join('.')} or newer. Point it to one, or leave it out.`,
      );
    return env.LIVEKIT_SERVER_BIN;
  }
  const folder = path.join(env.PATCHBAY_CACHE ?? path.join(homedir(), '.cache/patchbay'), `livekit-${livekitVersion}`);
  const cached = path.join(folder, 'livekit-server');
  for (const candidate of [cached, 'livekit-server']) if (isUsable(candidate)) return candidate;

  mkdirSync(folder, { recursive: true });
  // In the same file system as its goal: the rename at the end is atomic, two starts cannot meet half a file.
  const work = mkdtempSync(path.join(folder, 'new-'));
  const tried: string[] = [];
  try {
    for (const [name, attempt] of [
      ['download', download],
      ['go', build],
    ] as const) {
      try {
        const made = await attempt(work, env, o.say);
        if (!isUsable(made)) throw new Error('what came does not run here');
        renameSync(made, cached);
        return cached;
      } catch (error) {
        tried.push(`${name}: ${reasonOf(error)}`);
      }
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  throw new Error(
    `There is no livekit-server ${livekitVersion} (${tried.join('; ')}). Install it from https://github.com/livekit/livekit/releases or install Go, then start again; or set LIVEKIT_URL to a LiveKit of yours.`,
  );
}

function isUsable(program: string): boolean {
  if (program.includes('/') && !existsSync(program)) return false;
  try {
    const found = /(\d+)\.(\d+)\.\d+/.exec(
      execFileSync(program, ['--version'], { encoding: 'utf8', timeout: 10_000, stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    const [major = 0, minor = 0] = [Number(found?.[1]), Number(found?.[2])];
    return major > (oldest[0] ?? 0) || (major === oldest[0] && minor >= (oldest[1] ?? 0));
  } catch {
    return false;
  }
}

async function download(work: string, env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<string> {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  if (process.platform !== 'linux' || !['amd64', 'arm64'].includes(arch))
    throw new Error(`no release for ${process.platform} ${process.arch}`);
  const base = `${env.LIVEKIT_RELEASES ?? 'https://github.com/livekit/livekit/releases/download'}/v${livekitVersion}`;
  const archive = `livekit_${livekitVersion}_linux_${arch}.tar.gz`;
  say(`Fetching livekit-server ${livekitVersion}…`);
  // The first answer tells whether the network is there at all: a machine without one gives up after 10 s.
  const sums = (await get(`${base}/checksums.txt`, 10_000)).toString('utf8');
  const listed = sums
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, name]) => name === archive)?.[0];
  const data = await get(`${base}/${archive}`, 300_000);
  const sum = createHash('sha256').update(data).digest('hex');
  if (sum !== listed) throw new Error(`the checksum of ${archive} is not the published one`);
  if (env.LIVEKIT_SERVER_SHA256 && sum !== env.LIVEKIT_SERVER_SHA256.toLowerCase())
    throw new Error('the checksum is not LIVEKIT_SERVER_SHA256');
  writeFileSync(path.join(work, archive), data);
  execFileSync('tar', ['-xzf', archive, 'livekit-server'], { cwd: work });
  chmodSync(path.join(work, 'livekit-server'), 0o755);
  return path.join(work, 'livekit-server');
}

async function get(url: string, timeoutMs: number): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

async function build(work: string, env: NodeJS.ProcessEnv, say: (line: string) => void): Promise<string> {
  execFileSync('go', ['version'], { stdio: 'ignore', env });
  say(`Building livekit-server ${livekitVersion} with Go (two to four minutes, once)…`);
  const child = spawn('go', ['install', `github.com/livekit/livekit-server/cmd/server@v${livekitVersion}`], {
    cwd: '/',
    env: { ...env, NODE_ENV: 'production', GOBIN: work, GOFLAGS: '-mod=mod', CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let last = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    last = text.trim().split('\n').at(-1) ?? last;
  });
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  if (code !== 0) throw new Error(`go install ended with ${code}: ${last}`);
  return path.join(work, 'server');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'the network is not reachable';
  if ('code' in error && error.code === 'ENOENT') return 'not installed';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
