import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { isLoopback, settings } from '#src/server/config.ts';
import { migrateDatabase } from '#src/server/db/migrate.ts';
import { type Child, type ChildSpec, keepRunning } from '#src/server/supervisor/child.ts';
import { type KeptDatabase, keepDatabase } from '#src/server/supervisor/database.ts';
import { removeInstance, runningInstance, writeInstance } from '#src/server/supervisor/instance-file.ts';
import { endLeftovers } from '#src/server/supervisor/leftovers.ts';
import { findLivekitServer } from '#src/server/supervisor/livekit-binary.ts';
import {
  demoPart,
  jobsPart,
  livekitPart,
  type Ports,
  speechPart,
  webPart,
  workerPart,
} from '#src/server/supervisor/parts.ts';
import { pickPort } from '#src/server/supervisor/ports.ts';
import { startProgress } from '#src/server/supervisor/progress.ts';
import { restartOnChange } from '#src/server/supervisor/restart-on-change.ts';
import { derivedSecret, secretKey } from '#src/server/supervisor/secret-key.ts';
import { waitForHttp } from '#src/server/supervisor/wait-for.ts';
import { buildWeb } from '#src/server/supervisor/web-build.ts';

const root = path.resolve(import.meta.dirname, '../..');
const version = '0.1.0';
const startedAt = Date.now();
const dev = process.argv.includes('--dev');

let children: Child[] = [];
let database: KeptDatabase | null = null;
let closing: Promise<void> | null = null;
let home = '';
const stopping = () => closing !== null;
const progress = startProgress(process.stdout, stopping);

/** Ends everything in the order opposite to the start, then this process. */
function close(code: number): Promise<void> {
  closing ??= (async () => {
    for (const child of children.toReversed()) await child.stop();
    await database?.stop();
    if (home) removeInstance(home);
    process.exit(code);
  })();
  return closing;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (!closing) progress.say('Stopping…');
    void close(0);
  });

try {
  await start();
} catch (error) {
  progress.say(`\n${error instanceof Error ? error.message : String(error)}`);
  await close(1);
}

async function start(): Promise<void> {
  const s = settings.parse(process.env);
  const wantedHome = path.resolve(root, s.PATCHBAY_HOME);
  mkdirSync(wantedHome, { recursive: true });
  const other = runningInstance(wantedHome);
  if (other) {
    progress.say(`Patchbay already runs at ${other.url} (process ${other.pid}).`);
    process.exit(0);
  }
  await endLeftovers(wantedHome);
  home = wantedHome;
  const log = openLog(home);
  const key = secretKey(home, process.env);
  const loopback = isLoopback(s.PATCHBAY_HOST);
  const ports = await pickPorts(s);
  const postgresPort = s.DATABASE_URL
    ? 0
    : await pickPort({ part: 'database', preferred: 5500, taken: new Set(), say: progress.say });
  const url = s.PUBLIC_URL ?? `http://localhost:${ports.web}`;
  const livekitKey = s.LIVEKIT_API_KEY ?? 'patchbay';
  const livekitSecret = s.LIVEKIT_API_SECRET ?? derivedSecret(key, 'livekit');
  const livekitUrl = s.LIVEKIT_URL ?? `ws://127.0.0.1:${ports.livekit}`;
  const demoKey = derivedSecret(key, 'demo').slice(0, 32);

  const report = () => {
    if (closing) return;
    writeInstance(home, {
      pid: process.pid,
      url,
      livekitUrl,
      version,
      databaseUrl: env.PATCHBAY_APP_DATABASE_URL ?? '',
      processes: [
        ...(database ? [{ name: 'postgres', state: database.state(), pid: database.pid() }] : []),
        ...children.map((child) => ({ name: child.name, state: child.state(), pid: child.pid() })),
      ],
    });
  };
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    OPENAI_AGENTS_DISABLE_TRACING: '1',
    MALLOC_ARENA_MAX: '2',
    NODE_COMPILE_CACHE: path.join(home, 'compile-cache'),
    PATCHBAY_HOME: home,
    PATCHBAY_SECRET_KEY: key.toString('base64'),
    PUBLIC_URL: url,
    LIVEKIT_URL: livekitUrl,
    LIVEKIT_PUBLIC_URL: s.LIVEKIT_PUBLIC_URL ?? livekitUrl,
    LIVEKIT_API_KEY: livekitKey,
    LIVEKIT_API_SECRET: livekitSecret,
    SPEECH_PORT: String(ports.speech),
    SPEECH_TOKEN: s.SPEECH_TOKEN ?? derivedSecret(key, 'speech'),
    WORKER_PORT: String(ports.worker),
    PATCHBAY_OWN_PORTS: [postgresPort, ports.livekit, ports.livekitTcp, ports.livekitUdp, ports.speech, ports.worker]
      .filter(Boolean)
      .join(','),
    PATCHBAY_DEMO_POS_URL: `http://127.0.0.1:${ports.pos}/mcp`,
    PATCHBAY_DEMO_BOOKINGS_URL: `http://127.0.0.1:${ports.bookings}/mcp`,
    PATCHBAY_DEMO_SHEET_URL: `http://127.0.0.1:${ports.sheet}/mcp`,
    PATCHBAY_DEMO_KEY: demoKey,
  };
  const keep = (spec: ChildSpec): Child => {
    const child = keepRunning(spec, { log, onChange: report });
    children = [...children, child];
    return child;
  };
  const up = async (name: string, expectedMs: number, spec: () => ChildSpec, healthUrl: string) =>
    progress.step(name, expectedMs, async () => {
      if (stopping()) return;
      await waitForHttp(healthUrl, keep(spec()), { limitMs: 90_000, stopping });
    });

  // The build needs nothing that runs, LiveKit and speech need no database: they go on side by side.
  const built = dev
    ? Promise.resolve()
    : progress.step('Web app built', 30_000, () => buildWeb(root, { say: progress.say, log }));
  const livekit = s.LIVEKIT_URL
    ? Promise.resolve()
    : (async () => {
        const program = await progress.step('LiveKit found', 120_000, () => findLivekitServer({ say: progress.say }));
        const spec = () =>
          livekitPart(program, { ports, host: s.PATCHBAY_HOST, loopback, key: livekitKey, secret: livekitSecret, env });
        await up('LiveKit', 2_000, spec, `http://127.0.0.1:${ports.livekit}/`);
      })();
  const speech = up('Speech', 2_000, () => speechPart({ env }), `http://127.0.0.1:${ports.speech}/health`);
  for (const early of [built, livekit, speech]) early.catch(() => {}); // told below, in order

  const ownerUrl =
    s.DATABASE_URL ??
    (await progress.step('Postgres', 2_000, () =>
      openDatabase(postgresPort, derivedSecret(key, 'postgres'), log, report),
    ));
  const urls = await progress.step('Migrations', 500, () => migrateDatabase(ownerUrl, key));
  env.PATCHBAY_APP_DATABASE_URL = s.PATCHBAY_APP_DATABASE_URL ?? urls.app;
  delete env.DATABASE_URL; // the owner's address is for migrations alone
  await livekit;
  await speech;
  const demoOptions = { env, demoDatabaseUrl: urls.demo, home, key: demoKey };
  const demosUp = Promise.all([
    up(
      'Demo: point of sale',
      2_000,
      () => demoPart('pos', ports.pos, demoOptions),
      `http://127.0.0.1:${ports.pos}/health`,
    ),
    up(
      'Demo: bookings',
      2_000,
      () => demoPart('bookings', ports.bookings, demoOptions),
      `http://127.0.0.1:${ports.bookings}/health`,
    ),
    up(
      'Demo: sheet',
      2_000,
      () => demoPart('sheet', ports.sheet, demoOptions),
      `http://127.0.0.1:${ports.sheet}/health`,
    ),
  ]);
  Object.assign(process.env, env);
  const demoData = progress.step('Demo data', 1_000, async () => {
    const { firstStart } = await import('#src/server/supervisor/first-start.ts');
    return stopping() ? null : firstStart(demosUp);
  });
  for (const early of [demosUp, demoData]) early.catch(() => {}); // told below
  await Promise.all([
    demosUp,
    up('Agent worker', 4_000, () => workerPart({ env }), `http://127.0.0.1:${ports.worker}/`),
    built.then(() =>
      up(
        'Web',
        2_000,
        () => webPart({ env, dev, port: ports.web, host: s.PATCHBAY_HOST }),
        `http://127.0.0.1:${ports.web}/icon.svg`,
      ),
    ),
  ]);
  if (stopping()) return;
  keep(jobsPart({ env }));
  const setupToken = await demoData;
  if (dev) restartOnChange(root, () => children.filter((child) => child.name !== 'web' && child.name !== 'livekit'));
  report();
  progress.say(`\nPatchbay runs at ${url}  (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (setupToken) progress.say(`Make the owner's account, once, at:\n  ${url}/setup?token=${setupToken}`);
  progress.say('Ctrl-C stops it.');
}

async function openDatabase(
  port: number,
  password: string,
  log: (line: string) => void,
  onChange: () => void,
): Promise<string> {
  database = await keepDatabase({ home, port, password, log: (line) => log(`[postgres] ${line}`), onChange });
  return database.url;
}

async function pickPorts(s: { PORT?: number | undefined; PATCHBAY_HOST: string }): Promise<Ports> {
  const taken = new Set<number>();
  const pick = (part: string, preferred: number, asked?: { variable: string; port: number }, host?: string) =>
    pickPort({ part, preferred, asked, taken, say: progress.say, ...(host ? { host } : {}) });
  return {
    web: await pick(
      'web app',
      3000,
      s.PORT === undefined ? undefined : { variable: 'PORT', port: s.PORT },
      s.PATCHBAY_HOST,
    ),
    livekit: await pick('LiveKit server', 7880),
    livekitTcp: await pick('LiveKit server (TCP)', 7881),
    livekitUdp: await pickPort({ part: 'LiveKit server (UDP)', preferred: 7882, udp: true, taken, say: progress.say }),
    speech: await pick('speech process', 7890),
    worker: await pick('agent worker', 7891),
    pos: await pick('point-of-sale demo', 7901),
    bookings: await pick('bookings demo', 7902),
    sheet: await pick('sheet demo', 7903),
  };
}

function openLog(folder: string): (line: string) => void {
  const file = path.join(folder, 'patchbay.log');
  if (existsSync(file) && statSync(file).size > 10_000_000) renameSync(file, `${file}.1`);
  const out = createWriteStream(file, { flags: 'a', mode: 0o600 });
  return (line) => {
    out.write(`${new Date().toISOString()} ${line}\n`);
    if (process.env.PATCHBAY_VERBOSE) console.log(line);
  };
}
