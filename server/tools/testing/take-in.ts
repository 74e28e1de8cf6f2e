/**
 * Takes in what hostile servers offer, in a process of its own so that its memory can be measured: reads rows from standard
 * input, writes what became of each and the memory before and after. Run with --expose-gc.
 */
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { isAppError } from '#src/lib/app-error.ts';
import { formField } from '#src/lib/json-schema/form-field.ts';
import { initialValue } from '#src/lib/json-schema/initial-value.ts';
import { diffDefinitions } from '#src/lib/mcp/definition-diff.ts';
import { judgeTool } from '#src/lib/mcp/readiness/judge-tool.ts';
import { definitionHash } from '#src/server/mcp/definition-hash.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { storableDefinition } from '#src/server/mcp/storable-definition.ts';
import { checkArguments } from '#src/server/tools/check-arguments.ts';
import { shapeResult } from '#src/server/tools/shape-result.ts';

Object.assign(process.env, {
  LIVEKIT_URL: 'ws://127.0.0.1:1',
  LIVEKIT_API_KEY: 'none',
  LIVEKIT_API_SECRET: 'none',
  PATCHBAY_APP_DATABASE_URL: 'postgres://127.0.0.1:1/none',
  PATCHBAY_SECRET_KEY: Buffer.alloc(32).toString('base64'),
  SPEECH_TOKEN: 'none',
});

export const takenInSchema = z.object({
  before: z.number(),
  after: z.number(),
  /** What the engine itself holds, as a share of what it held before. */
  heap: z.number(),
  polluted: z.boolean(),
  rows: z.array(z.object({ name: z.string(), outcome: z.string(), ms: z.number() })),
});
const rowsSchema = z.object({
  key: z.string(),
  rows: z.array(z.object({ name: z.string(), url: z.string(), args: z.record(z.string(), z.unknown()).default({}) })),
});

if (import.meta.main) {
  const { key, rows } = rowsSchema.parse(JSON.parse(await text(process.stdin)));
  // What is loaded, compiled and pooled for such input comes with the first round; from then on nothing may stay. The allocator
  // holds on to some ten megabytes in one round and not in the next: the most of three rounds is what such input needs.
  let before = 0;
  for (let round = 0; round < 4; round++) {
    for (const row of rows) await takeIn(row.url, key, row.args);
    if (round > 0) before = Math.max(before, await memory());
  }
  const heapBefore = process.memoryUsage().heapUsed;
  const results = [];
  for (const { name, url, args } of rows) {
    const began = performance.now();
    results.push({ name, outcome: await takeIn(url, key, args), ms: Math.round(performance.now() - began) });
  }
  const polluted = 'polluted' in {} || 'polluted' in Object;
  // What is kept adds up with each round; what the allocator holds on to does not. So the least of three rounds counts.
  let after = await memory(before * 1.1);
  for (let round = 0; round < 2 && after > before * 1.1; round++) {
    for (const row of rows) await takeIn(row.url, key, row.args);
    after = Math.min(after, await memory(before * 1.1));
  }
  const heap = process.memoryUsage().heapUsed / heapBefore;
  process.stdout.write(JSON.stringify({ before, after, heap, polluted, rows: results }), () => process.exit(0));
}

/** Everything that is done with a server: list, keep, judge, show, check, call, shape. Answers what came of it, in one line. */
async function takeIn(url: string, key: string, args: Record<string, unknown>): Promise<string> {
  const said: string[] = [];
  try {
    const auth = { type: 'bearer', hasKey: true } as const;
    const session = await openMcpSession({ server: { url, auth, era: 'legacy' }, key });
    try {
      for (const listed of await session.listTools()) {
        const definition = storableDefinition(listed);
        if (!definition) {
          said.push('definition-refused');
          continue;
        }
        definitionHash(definition, null);
        diffDefinitions({ ...definition, description: 'before' }, definition);
        const { score } = judgeTool(definition);
        initialValue(formField(definition.inputSchema));
        const checked = checkArguments(definition.inputSchema, args);
        said.push(
          `score ${score}`,
          checked.ok ? 'arguments fit' : `arguments refused: ${checked.message.slice(0, 100)}`,
        );
        const result = await session.callTool(definition.name, args, { timeoutMs: 5_000 });
        said.push(`answer ${shapeResult(result).slice(0, 60)}`);
      }
    } finally {
      await session.close();
    }
  } catch (error) {
    said.push(isAppError(error) ? error.code : `UNNAMED ${String(error).slice(0, 200)}`);
  }
  return [...new Set(said)].slice(0, 6).join('; ');
}

/** Resident memory once nothing is left to collect: the engine gives freed pages back only after some seconds. */
async function memory(enough = 0): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 40 && least > enough; i++) {
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    least = Math.min(least, process.memoryUsage.rss());
    if (enough === 0 && i === 2) break;
  }
  return least;
}
