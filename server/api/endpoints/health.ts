import { z } from 'zod';
import { endpoint } from '#src/server/api/endpoint.ts';
import { livekitAnswers } from '#src/server/calls/livekit.ts';
import { config } from '#src/server/config.ts';
import { connection } from '#src/server/db/connection.ts';

const check = z.enum(['ok', 'failed']);
const healthSchema = z.object({ status: check, checks: z.object({ database: check, livekit: check, worker: check }) });
const limitMs = 3_000;

/** Health, and the document of the whole interface, which the table hands in. */
export const healthEndpoints = (document: () => Record<string, unknown>) => [
  endpoint({
    method: 'GET',
    path: '/health',
    summary: 'Does everything that a call needs answer? 503 when something does not.',
    action: null,
    answer: healthSchema,
    handle: async () => {
      const [database, livekit, worker] = await Promise.all([
        within(databaseAnswers()),
        within(livekitAnswers()),
        within(workerAnswers()),
      ]);
      const status = database && livekit && worker ? 'ok' : 'failed';
      const word = (ok: boolean) => (ok ? 'ok' : 'failed');
      const body = { status, checks: { database: word(database), livekit: word(livekit), worker: word(worker) } };
      return Response.json(body, { status: status === 'ok' ? 200 : 503, headers: { 'cache-control': 'no-store' } });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/openapi.json',
    summary: 'This interface as an OpenAPI 3.1 document.',
    action: null,
    answer: z.record(z.string(), z.unknown()),
    handle: async () => document(),
  }),
];

async function databaseAnswers(): Promise<boolean> {
  await connection().sql`select 1`;
  return true;
}

async function workerAnswers(): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${config().workerPort}/`, { signal: AbortSignal.timeout(limitMs) })).ok;
}

function within(answer: Promise<boolean>): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), limitMs).unref());
  return Promise.race([answer.catch(() => false), late]);
}
