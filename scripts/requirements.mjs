// `npm run requirements`: every requirement with the tests that cite it, and those that no test shows.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const rows = [
  ...readFileSync(path.join(root, 'docs/requirements.md'), 'utf8').matchAll(/^\| ([A-Z]\d+) \| (.+) \|$/gm),
];
const shown = new Map();
for (const folder of ['lib', 'server', 'demo', 'scripts', 'e2e'])
  for (const file of readdirSync(path.join(root, folder), { recursive: true }))
    if (/\.(test|spec)\.ts$/.test(file)) collect(path.join(folder, file));

function collect(file) {
  for (const [, , title] of readFileSync(path.join(root, file), 'utf8').matchAll(
    /\b(?:test|it)(?:\.each\([^)]*\))?\(\s*(['"`])((?:(?!\1).)*)\1/gs,
  ))
    for (const [, id] of title.matchAll(/\[([A-Z]\d+)\]/g))
      shown.set(id, [...(shown.get(id) ?? []), `${file}: ${title}`]);
}

for (const [, id, text] of rows) {
  console.log(`${shown.has(id) ? '✓' : '·'} ${id.padEnd(4)} ${text}`);
  for (const test of shown.get(id) ?? []) console.log(`       ${test}`);
}
console.log(`\n${rows.filter(([, id]) => shown.has(id)).length} of ${rows.length} requirements are shown by a test.`);
