import path from 'node:path';
import type { ChildSpec } from '#src/server/supervisor/child.ts';

export type Ports = {
  web: number;
  livekit: number;
  livekitTcp: number;
  livekitUdp: number;
  speech: number;
  worker: number;
  pos: number;
  bookings: number;
  sheet: number;
};

const root = path.resolve(import.meta.dirname, '../..');
const watcher = path.join(root, 'server/supervisor/parent-watch.ts');

/** LiveKit on this machine, configured by the environment so that its keys are in no file. */
export function livekitPart(
  program: string,
  o: { ports: Ports; host: string; loopback: boolean; key: string; secret: string; env: NodeJS.ProcessEnv },
): ChildSpec {
  const settings = {
    port: o.ports.livekit,
    bind_addresses: [o.host],
    keys: { [o.key]: o.secret },
    logging: { level: 'warn' },
    room: { auto_create: false },
    rtc: {
      tcp_port: o.ports.livekitTcp,
      udp_port: o.ports.livekitUdp,
      use_external_ip: false,
      ...(o.loopback ? { node_ip: '127.0.0.1', enable_loopback_candidate: true } : {}),
    },
  };
  // JSON is YAML.
  return {
    name: 'livekit',
    command: program,
    args: [],
    env: { NODE_ENV: 'production', PATH: o.env.PATH, LIVEKIT_CONFIG: JSON.stringify(settings) },
    graceMs: 3_000,
  };
}

/** The speech process. */
export const speechPart = (o: PartOptions): ChildSpec =>
  nodePart('speech', ['--optimize-for-size'], ['server/speech/main.ts'], o);

/** The agent worker and its pool of call processes. */
export const workerPart = (o: PartOptions): ChildSpec => ({
  ...nodePart('worker', ['--optimize-for-size', '--max-semi-space-size=2'], ['server/agent/worker.ts', 'start'], o),
  graceMs: 6_000,
});

/** The job process. */
export const jobsPart = (o: PartOptions): ChildSpec =>
  nodePart('jobs', ['--optimize-for-size'], ['server/jobs/main.ts'], o);

/** The demo MCP servers. */
export const demoPart = (
  name: 'pos' | 'bookings' | 'sheet',
  port: number,
  o: PartOptions & { demoDatabaseUrl: string; home: string; key: string },
): ChildSpec =>
  nodePart(`demo-${name}`, ['--optimize-for-size'], [`demo/${name}/main.ts`], {
    ...o,
    // A program of its own: it gets what it needs and nothing of ours.
    env: {
      NODE_ENV: 'production',
      PATH: o.env.PATH,
      PORT: String(port),
      DEMO_KEY: o.key,
      ...(name === 'sheet'
        ? { SHEET_FILE: path.join(o.home, 'sheet/calls.csv') }
        : { DEMO_DATABASE_URL: o.demoDatabaseUrl }),
    },
  });

/** The web app: the production build, or the development server with hot reload. */
export function webPart(o: PartOptions & { dev: boolean; port: number; host: string }): ChildSpec {
  const next = path.join(root, 'node_modules/next/dist/bin/next');
  return nodePart('web', [], [next, o.dev ? 'dev' : 'start', '-H', o.host, '-p', String(o.port)], {
    ...o,
    env: { ...o.env, NODE_ENV: o.dev ? 'development' : 'production', PORT: String(o.port) },
  });
}

export type PartOptions = { env: NodeJS.ProcessEnv };

function nodePart(name: string, flags: string[], args: string[], o: PartOptions): ChildSpec {
  const [file, ...rest] = args;
  return {
    name,
    command: process.execPath,
    args: [
      '--disable-warning=ExperimentalWarning',
      '--import',
      watcher,
      ...flags,
      path.resolve(root, file ?? ''),
      ...rest,
    ],
    env: o.env,
  };
}
