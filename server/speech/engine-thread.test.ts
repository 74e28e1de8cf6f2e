import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { EngineThread } from '#src/server/speech/engine-thread.ts';

function thread(body: string, limitMs: number) {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'patchbay-thread-')), 'thread.mjs');
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';\nparentPort.postMessage('ready');\nparentPort.on('message', ({ id }) => { ${body} });`,
  );
  let died = false;
  const engine = new EngineThread<{ ask: string }, { said?: string }>(
    pathToFileURL(file),
    {},
    () => {
      died = true;
    },
    limitMs,
  );
  return { engine, died: () => died };
}

test('an engine that never ends is given up, and whoever waits is told', async () => {
  const { engine, died } = thread('for (;;);', 300);
  await engine.ready;
  const both = await Promise.allSettled([engine.ask({ ask: 'a' }), engine.ask({ ask: 'b' })]);
  expect(both.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  await expect.poll(died).toBe(true);
});

test('an engine that answers lives on', async () => {
  const { engine, died } = thread("parentPort.postMessage({ id, said: 'yes' });", 300);
  await engine.ready;
  for (let i = 0; i < 3; i++) expect(await engine.ask({ ask: 'a' })).toMatchObject({ said: 'yes' });
  expect(died()).toBe(false);
  await engine.end();
});
