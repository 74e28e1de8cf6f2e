import path from 'node:path';
import { z } from 'zod';
import type { S3Settings } from '#src/server/files/stored-files.ts';

/**
 * Every setting of every process, read once. `npm run env-example` writes .env.example from the descriptions.
 * The supervisor fills in what a person leaves out and hands it to its children by the same names.
 */
export const settings = z.object({
  PATCHBAY_HOME: z.string().default('.patchbay').describe('Folder for the database, the secret key and logs.'),
  PATCHBAY_SECRET_KEY: z
    .string()
    .optional()
    .describe('32 bytes, base64: encrypts stored keys. Made at .patchbay/secret when left out.'),
  DATABASE_URL: z
    .string()
    .optional()
    .describe('A Postgres 15 or newer to use instead of the embedded one; a role that may create roles and tables.'),
  PATCHBAY_APP_DATABASE_URL: z
    .string()
    .optional()
    .describe(
      'The same database as the application role, which may not own tables. Made from DATABASE_URL when left out.',
    ),
  PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe('Port of the web app. 3000 or the next free one.'),
  PATCHBAY_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address to listen on. Anything but loopback needs HTTPS in front and PUBLIC_URL.'),
  PUBLIC_URL: z.url().optional().describe('Address that people open, such as https://patchbay.example.com.'),
  LIVEKIT_URL: z
    .string()
    .optional()
    .describe('A LiveKit server to use instead of our own, such as wss://livekit.example.com.'),
  LIVEKIT_PUBLIC_URL: z.string().optional().describe('Its address as browsers see it, when that is another one.'),
  LIVEKIT_API_KEY: z.string().optional().describe('API key of that LiveKit server.'),
  LIVEKIT_API_SECRET: z.string().optional().describe('API secret of that LiveKit server.'),
  LIVEKIT_SERVER_BIN: z
    .string()
    .optional()
    .describe('A livekit-server program to run, instead of finding or building one.'),
  LIVEKIT_SERVER_SHA256: z.string().optional().describe('Checksum that a downloaded release archive must have.'),
  LIVEKIT_RELEASES: z.url().optional().describe('Where release archives are fetched from, for a mirror.'),
  PATCHBAY_CACHE: z.string().optional().describe('Folder for programs that are fetched or built once.'),
  SPEECH_PORT: z.coerce.number().int().default(7890).describe('Loopback port of the speech process.'),
  SPEECH_TOKEN: z.string().optional().describe('Shared token of the speech process. Made at start when left out.'),
  WORKER_PORT: z.coerce.number().int().default(7891).describe('Loopback port of the health check of the agent worker.'),
  PATCHBAY_MAX_CALLS: z.coerce
    .number()
    .int()
    .min(1)
    .max(50)
    .default(6)
    .describe('Calls that one worker takes at once.'),
  PATCHBAY_IDLE_PROCESSES: z.coerce.number().int().min(0).max(20).default(2).describe('Call processes kept warm.'),
  PATCHBAY_ALLOW_PRIVATE: z
    .string()
    .default('')
    .describe('Private address ranges that MCP servers may be in, comma-separated CIDR, such as 10.1.0.0/16.'),
  PATCHBAY_ALLOW_STDIO: z
    .enum(['0', '1'])
    .default('0')
    .describe(
      '1 lets teams add MCP servers that are programs on this machine; they run as the user that Patchbay runs as.',
    ),
  PATCHBAY_OWN_PORTS: z
    .string()
    .default('')
    .describe('Set by the supervisor: own ports, which are never reached out to.'),
  PATCHBAY_DEMO_POS_URL: z.string().optional().describe('Set by the supervisor: the demo point-of-sale MCP server.'),
  PATCHBAY_DEMO_BOOKINGS_URL: z.string().optional().describe('Set by the supervisor: the demo bookings MCP server.'),
  PATCHBAY_DEMO_SHEET_URL: z.string().optional().describe('Set by the supervisor: the demo sheet MCP server.'),
  PATCHBAY_DEMO_KEY: z.string().optional().describe('Set by the supervisor: API key of the demo servers.'),
  PATCHBAY_FILES_URL: z
    .url({ protocol: /^(s3|s3\+http)$/ })
    .optional()
    .describe(
      'Where recordings are kept: s3://host/bucket/folder (s3+http:// without TLS), or left out for a folder of PATCHBAY_HOME.',
    ),
  PATCHBAY_FILES_REGION: z.string().default('us-east-1').describe('Region of that bucket.'),
  PATCHBAY_FILES_KEY: z.string().optional().describe('Access key id of that bucket.'),
  PATCHBAY_FILES_SECRET: z.string().optional().describe('Secret access key of that bucket.'),
  PATCHBAY_CHROMIUM: z.string().optional().describe('A Chrome or Chromium for the end-to-end tests.'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info').describe('How much is logged.'),
});

export type Config = {
  home: string;
  databaseUrl: string;
  secretKey: Buffer;
  publicUrl: string;
  listenHost: string;
  /** True while nobody outside this machine can reach us: then plain HTTP to loopback is allowed. */
  listensOnLoopbackOnly: boolean;
  allowPrivate: string[];
  /** MCP servers may be programs on this machine. */
  allowStdio: boolean;
  ownPorts: number[];
  livekit: { url: string; publicUrl: string; apiKey: string; apiSecret: string };
  speechUrl: string;
  speechToken: string;
  workerPort: number;
  maxCalls: number;
  idleProcesses: number;
  /** Recordings are written here while a call goes on. */
  recordingsFolder: string;
  /** Where they are kept when it is over. */
  files: { kind: 'folder'; folder: string } | ({ kind: 's3' } & S3Settings);
  demo: { posUrl: string; bookingsUrl: string; sheetUrl: string; key: string } | null;
};

let cached: Config | undefined;

/** The configuration of this process. Throws an Error that names the variable when one is missing or wrong. */
export function config(): Config {
  cached ??= readConfig(process.env);
  return cached;
}

/** Reads a configuration from an environment; `config()` is this over process.env, once. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = settings.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`The setting ${issue?.path.join('.')} is not usable: ${issue?.message}. See .env.example.`);
  }
  const s = parsed.data;
  const need = (name: keyof typeof s, what: string): string => {
    const value = s[name];
    if (typeof value !== 'string' || value === '')
      throw new Error(`${name} is not set: ${what}. \`npm start\` sets it.`);
    return value;
  };
  const livekitUrl = need('LIVEKIT_URL', 'the address of the LiveKit server');
  const secretKey = Buffer.from(need('PATCHBAY_SECRET_KEY', 'the key that encrypts stored secrets'), 'base64');
  if (secretKey.length !== 32)
    throw new Error('PATCHBAY_SECRET_KEY must be 32 bytes in base64 (openssl rand -base64 32).');
  return {
    home: path.resolve(s.PATCHBAY_HOME),
    databaseUrl: need('PATCHBAY_APP_DATABASE_URL', 'the database as the application role'),
    secretKey,
    publicUrl: s.PUBLIC_URL ?? `http://localhost:${s.PORT ?? 3000}`,
    listenHost: s.PATCHBAY_HOST,
    listensOnLoopbackOnly: isLoopback(s.PATCHBAY_HOST),
    allowPrivate: list(s.PATCHBAY_ALLOW_PRIVATE),
    allowStdio: s.PATCHBAY_ALLOW_STDIO === '1',
    ownPorts: list(s.PATCHBAY_OWN_PORTS).map(Number),
    livekit: {
      url: livekitUrl,
      publicUrl: s.LIVEKIT_PUBLIC_URL ?? livekitUrl,
      apiKey: need('LIVEKIT_API_KEY', 'the API key of the LiveKit server'),
      apiSecret: need('LIVEKIT_API_SECRET', 'the API secret of the LiveKit server'),
    },
    speechUrl: `http://127.0.0.1:${s.SPEECH_PORT}`,
    speechToken: need('SPEECH_TOKEN', 'the shared token of the speech process'),
    workerPort: s.WORKER_PORT,
    maxCalls: s.PATCHBAY_MAX_CALLS,
    idleProcesses: s.PATCHBAY_IDLE_PROCESSES,
    recordingsFolder: path.resolve(s.PATCHBAY_HOME, 'recordings'),
    files: s.PATCHBAY_FILES_URL
      ? {
          kind: 's3',
          url: s.PATCHBAY_FILES_URL.replace(/^s3\+http:/, 'http:').replace(/^s3:/, 'https:'),
          region: s.PATCHBAY_FILES_REGION,
          accessKeyId: need('PATCHBAY_FILES_KEY', 'the access key of the bucket for recordings'),
          secretAccessKey: need('PATCHBAY_FILES_SECRET', 'the secret key of the bucket for recordings'),
        }
      : { kind: 'folder', folder: path.resolve(s.PATCHBAY_HOME, 'recordings') },
    demo:
      s.PATCHBAY_DEMO_POS_URL && s.PATCHBAY_DEMO_BOOKINGS_URL && s.PATCHBAY_DEMO_SHEET_URL && s.PATCHBAY_DEMO_KEY
        ? {
            posUrl: s.PATCHBAY_DEMO_POS_URL,
            bookingsUrl: s.PATCHBAY_DEMO_BOOKINGS_URL,
            sheetUrl: s.PATCHBAY_DEMO_SHEET_URL,
            key: s.PATCHBAY_DEMO_KEY,
          }
        : null,
  };
}

/** True for an address that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
