import { afterAll, beforeAll, expect, test } from 'vitest';
import { handshake } from '#src/server/mcp/handshake.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { type Fault, type FaultServer, startFaultServer, startSlowTls } from '#src/server/mcp/testing/fault-server.ts';

let faulty: FaultServer;
beforeAll(async () => {
  faulty = await startFaultServer();
});
afterAll(() => faulty.close());

const key = 'sk-very-secret-1234';
const endpoint = (url: string) => ({
  url,
  auth: { type: 'api-key', in: 'header', name: 'x-api-key', hasKey: true } as const,
  era: null,
});

/** What a person is told, and by when in milliseconds. */
const atOnce: [Fault, string, number][] = [
  ['hangs', 'timed-out', 16_000],
  ['drops', 'connection-lost', 5_000],
  ['drops-mid-json', 'connection-lost', 5_000],
  ['drops-mid-stream', 'connection-lost', 5_000],
  ['answers-500', 'server-error', 5_000],
  ['answers-503-slowly', 'timed-out', 31_000],
  ['rate-limits', 'rate-limited', 5_000],
  ['huge', 'response-too-large', 15_000],
  ['huge-stream', 'response-too-large', 15_000],
  ['gzip-bomb', 'response-too-large', 15_000],
  ['cut-json', 'server-error', 5_000],
  ['not-json', 'server-error', 5_000],
  ['not-rpc', 'server-error', 5_000],
  ['wrong-id', 'timed-out', 16_000],
  ['wrong-shape', 'server-error', 5_000],
  ['invalid-utf8', 'server-error', 5_000],
  ['control-characters', 'server-error', 5_000],
  ['web-page', 'not-mcp', 5_000],
  ['octets', 'not-mcp', 5_000],
  ['drips-headers', 'timed-out', 16_000],
  ['huge-headers', 'connection-lost', 5_000],
  ['invalid-headers', 'connection-lost', 5_000],
  ['drips-body', 'timed-out', 16_000],
  ['redirects-in-a-circle', 'not-mcp', 5_000],
  ['empty', 'server-error', 5_000],
  ['deep-json', 'server-error', 5_000],
];

test.concurrent.for(atOnce)(
  'a server that %s fails the handshake as %s within %d ms [K10]',
  { timeout: 60_000 },
  async ([fault, code, limitMs]) => {
    const began = performance.now();
    const { handshake: result } = await handshake({ server: endpoint(faulty.url(fault)), key });
    const failed = result.steps.find((step) => step.state === 'failed');
    expect(failed?.error?.code, JSON.stringify(failed?.error)).toBe(code);
    expect(failed?.error?.message).not.toBe('');
    expect(failed?.error?.hint).not.toBe('');
    expect(performance.now() - began).toBeLessThan(limitMs);
    expect(JSON.stringify(result)).not.toContain(key);
  },
);

const whenCalled: [Fault, string, number][] = [
  ['hangs', 'timed-out', 5_000],
  ['drops', 'connection-lost', 5_000],
  ['drops-mid-json', 'connection-lost', 5_000],
  ['drops-mid-stream', 'connection-lost', 5_000],
  ['answers-500', 'server-error', 5_000],
  ['rate-limits', 'rate-limited', 5_000],
  ['huge', 'response-too-large', 5_000],
  ['huge-stream', 'response-too-large', 5_000],
  ['gzip-bomb', 'response-too-large', 5_000],
  ['cut-json', 'server-error', 5_000],
  ['not-json', 'server-error', 5_000],
  ['wrong-id', 'timed-out', 5_000],
  ['wrong-shape', 'server-error', 5_000],
  ['web-page', 'not-mcp', 5_000],
  ['drips-headers', 'timed-out', 5_000],
  ['drips-body', 'timed-out', 5_000],
];

test.concurrent.for(whenCalled)(
  'a tool whose server %s fails as %s within %d ms, and the session goes on [V12] [K10]',
  {
    timeout: 60_000,
  },
  async ([fault, code, limitMs]) => {
    const session = await openMcpSession({ server: endpoint(faulty.url(fault, 'tools/call')), key });
    try {
      const began = performance.now();
      const error: unknown = await session
        .callTool('get_weather', { town: 'Rome' }, { timeoutMs: 2_000 })
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'AppError', code });
      expect(performance.now() - began).toBeLessThan(limitMs);
      expect(JSON.stringify(error)).not.toContain(key);
      expect((await session.listTools()).length).toBe(1);
    } finally {
      await session.close();
    }
  },
);

test.concurrent.for([false, true])(
  'a slow TLS handshake times out at the step connect, dripping: %s [K10]',
  async (drip) => {
    const slow = await startSlowTls(drip);
    const began = performance.now();
    const { handshake: result } = await handshake({ server: endpoint(slow.url), key });
    expect(result.steps.find((step) => step.state === 'failed')).toMatchObject({
      name: 'connect',
      error: { code: 'timed-out' },
    });
    expect(performance.now() - began).toBeLessThan(8_000);
    await slow.close();
  },
);

test.concurrent('definitions that change with every list are listed as they are now [B6] [V2]', async () => {
  const session = await openMcpSession({ server: endpoint(`${faulty.good}?changing`), key });
  const first = await session.listTools();
  const second = await session.listTools();
  expect(first[0]?.description).not.toBe(second[0]?.description);
  await session.close();
});
