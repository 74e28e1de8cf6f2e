import { expect, test } from 'vitest';
import { mostAnswerCharacters, shapeResult } from '#src/server/tools/shape-result.ts';

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
