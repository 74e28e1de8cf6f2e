import { expect, test } from 'vitest';
import { mostAnswerCharacters, rawLength, shapeResult } from '#src/server/tools/shape-result.ts';

const result = (content: unknown[], structuredContent?: unknown) => ({ content, structuredContent, isError: false });

test('every kind of content leaves a word [X4]', () => {
  const text = shapeResult(
    result([
      { type: 'text', text: 'hello' },
      { type: 'image', data: 'AAAA', mimeType: 'image/png' },
      { type: 'audio', data: 'AAAA', mimeType: 'audio/wav' },
      { type: 'resource_link', uri: 'file:///menu', name: 'menu' },
      { type: 'resource', resource: { uri: 'file:///a', text: 'inside' } },
      { type: 'resource', resource: { uri: 'file:///b', blob: 'AAAA', mimeType: 'application/pdf' } },
      { type: 'hologram' },
    ]),
  );
  expect(text.split('\n')).toEqual([
    'hello',
    '[an image, image/png]',
    '[audio, audio/wav]',
    '[a link: menu]',
    'inside',
    '[a resource: file:///b, application/pdf]',
    '[content of kind hologram]',
  ]);
});

test('structured content is the server’s exact word [X4]', () => {
  expect(shapeResult(result([{ type: 'text', text: 'seven left' }], { left: 7 }))).toBe('{"left":7}');
});

test('a long answer is cut and says so, an empty one says so too', () => {
  const long = shapeResult(result([{ type: 'text', text: 'x'.repeat(mostAnswerCharacters + 5) }]));
  expect(long).toMatch(/\[cut off: 5 more characters\]$/);
  expect(shapeResult(result([]))).toBe('The tool answered with nothing.');
});

test('the text counts where it is shorter and says all that the structure does [X4]', () => {
  const structured = { table: 12, guests: [{ name: 'Ada', seats: 2 }], open: true };
  const short = 'table: 12, open: true, guests: name Ada, seats 2';
  expect(short.length).toBeLessThan(JSON.stringify(structured).length);
  expect(shapeResult(result([{ type: 'text', text: short }], structured))).toBe(short);
});

test('what comes beside the structure leaves a word too [X4]', () => {
  const content = [
    { type: 'text', text: '{"left":7}' },
    { type: 'image', data: 'AAAA', mimeType: 'image/png' },
  ];
  expect(shapeResult(result(content, { left: 7 }))).toBe('{"left":7}\n[an image, image/png]');
});

test('a text that says less than the structure does not count, however short [X4]', () => {
  const structured = { left: 17, item: 'margherita', note: 'baked on order' };
  for (const text of [
    '17',
    'left 7, item margherita, note baked on order',
    'Found it.',
    'left 17, item margherita, note',
  ])
    expect(shapeResult(result([{ type: 'text', text }], structured))).toBe(JSON.stringify(structured));
  const same = JSON.stringify(structured, null, 2);
  expect(shapeResult(result([{ type: 'text', text: same }], structured))).toBe(JSON.stringify(structured));
  const many = { rows: Array.from({ length: 200 }, (_, row) => ({ row })) };
  const all = `row ${many.rows.map(({ row }) => row).join(' ')}`;
  expect(shapeResult(result([{ type: 'text', text: all }], many))).toBe(JSON.stringify(many));
});

test('the length of what came is that of the longer form [X4]', () => {
  const structured = { left: 7 };
  expect(rawLength(result([{ type: 'text', text: JSON.stringify(structured, null, 2) }], structured))).toBe(15);
  expect(rawLength(result([{ type: 'text', text: 'seven' }], structured))).toBe(10);
  expect(rawLength(result([{ type: 'text', text: 'seven' }]))).toBe(5);
});
