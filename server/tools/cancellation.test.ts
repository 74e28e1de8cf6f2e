import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { restSchema } from '#src/lib/mcp/mcp-server.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { startPatient } from '#src/server/mcp/testing/patient-server.ts';
import { ownProgram } from '#src/server/mcp/testing/programs.ts';
import type { McpEndpoint } from '#src/server/mcp/transports/target.ts';
import { callWithDeadline } from '#src/server/tools/call-with-deadline.ts';

const noticed: string[] = [];
const file = path.join(mkdtempSync(path.join(tmpdir(), 'patchbay-patient-')), 'noticed');
let patient: Awaited<ReturnType<typeof startPatient>>;
beforeAll(async () => {
  vi.stubEnv('PATCHBAY_ALLOW_STDIO', '1');
  patient = await startPatient((what) => noticed.push(what));
});
afterAll(() => patient.close());

const http =
  (transport: 'streamable-http' | 'sse', era: 'modern' | 'legacy' | null, at: string) => (): McpEndpoint => ({
    transport,
    era,
    url: `${patient.origin}${at}`,
  });
const rest = restSchema.parse({ tools: [{ name: 'wait', endpoint: 'query', text: 'wait' }] });
const written = () => {
  try {
    return readFileSync(file, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
};
const ways: { name: string; server: () => McpEndpoint; seen: () => string[] }[] = [
  { name: 'Streamable HTTP, stateless', server: http('streamable-http', 'modern', '/modern'), seen: () => noticed },
  { name: 'Streamable HTTP, a session', server: http('streamable-http', 'legacy', '/sessions'), seen: () => noticed },
  { name: 'HTTP+SSE', server: http('sse', 'legacy', '/sse'), seen: () => noticed },
  {
    name: 'the REST dialect',
    server: () => ({ transport: 'rest', era: null, url: `${patient.origin}/rest`, rest }),
    seen: () => noticed,
  },
  { name: 'stdio', server: () => ownProgram('patient-program.ts', [file]), seen: written },
];

for (const { name, server, seen } of ways)
  test.each(['the caller', 'the deadline'])(
    `a tool call that %s ends is ended at the server: ${name} [V8]`,
    async (who) => {
      const before = seen().length;
      const session = await openMcpSession({ server: { ...server(), auth: { type: 'none' } } });
      try {
        const caller = new AbortController();
        const call = callWithDeadline({
          session: async () => session,
          tool: 'wait',
          args: {},
          timeoutMs: who === 'the caller' ? 20_000 : 1_000,
          signal: caller.signal,
        });
        await expect.poll(() => seen().slice(before), { timeout: 10_000 }).toEqual(['started']);
        if (who === 'the caller') caller.abort();
        await expect.poll(() => seen().slice(before), { timeout: 10_000 }).toEqual(['started', 'cancelled']);
        expect(await call).toMatchObject({ ok: false, sent: true, timedOut: who !== 'the caller' });
      } finally {
        await session.close();
      }
    },
  );
