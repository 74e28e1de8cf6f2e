import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openSheetStore } from '#src/demo/sheet/store.ts';

const row = { date: '2026-01-02T10:00:00Z', caller: 'Mara', assistant: 'Luigi', summary: 'Ordered.', duration: 61 };

test('rows that come at once are written one after the other, under one heading [V14]', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'sheet-')), 'sheet/calls.csv');
  const store = openSheetStore(file);
  const numbers = await Promise.all(Array.from({ length: 20 }, (_, i) => store.append({ ...row, duration: i })));
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  const lines = readFileSync(file, 'utf8').split('\r\n');
  expect(lines[0]).toBe('"date","caller","assistant","summary","duration"');
  expect(lines[1]).toBe('"2026-01-02T10:00:00Z","Mara","Luigi","Ordered.","0"');
  expect(lines).toHaveLength(22);
  expect(statSync(file).mode & 0o077).toBe(0);
  await store.reset();
  expect(await store.append(row)).toBe(1);
});

test('quotes, line breaks and formulas stay text in one cell', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'sheet-')), 'calls.csv');
  const store = openSheetStore(file);
  await store.append({ ...row, caller: '=HYPERLINK("http://x")', assistant: ' \n+39 06', summary: 'a "b",\r\nc' });
  await store.append({ ...row, caller: '@SUM(1)', assistant: '-1', summary: '\t=1' });
  const [, first, second] = readFileSync(file, 'utf8').split('\r\n');
  expect(first).toBe(`"2026-01-02T10:00:00Z","'=HYPERLINK(""http://x"")","'+39 06","a ""b"", c","61"`);
  expect(second).toBe(`"2026-01-02T10:00:00Z","'@SUM(1)","'-1","'=1","61"`);
});
