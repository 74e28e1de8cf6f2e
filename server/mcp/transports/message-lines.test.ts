import { expect, test } from 'vitest';
import { messageLines } from '#src/server/mcp/transports/message-lines.ts';

const message = (text: string) => ({ jsonrpc: '2.0', method: 'notifications/message', params: { text } });
const line = (text: string) => `${JSON.stringify(message(text))}\n`;

test('messages are put together from pieces, also in the middle of a character', () => {
  const bytes = Buffer.from(line('größer') + line('zweite'));
  for (let cut = 0; cut <= bytes.length; cut++) {
    const lines = messageLines();
    expect([...lines.push(bytes.subarray(0, cut)), ...lines.push(bytes.subarray(cut))]).toEqual([
      message('größer'),
      message('zweite'),
    ]);
  }
});

test('lines that are no messages are passed over, a thousand of them', () => {
  const lines = messageLines();
  expect(lines.push(Buffer.from(`listening\n\n[]\n{"a":1}\n${line('yes')}\r\n`))).toEqual([message('yes')]);
  const flood = Buffer.from('y\n'.repeat(997));
  expect(lines.push(flood)).toEqual([]);
  expect(() => lines.push(Buffer.from('y\n'))).toThrow(expect.objectContaining({ code: 'not-mcp', raw: 'y' }));
});

test('a line that does not end is given up at 8 MB', () => {
  const lines = messageLines();
  const megabyte = Buffer.alloc(1024 * 1024, 120);
  for (let i = 0; i < 8; i++) expect(lines.push(megabyte)).toEqual([]);
  expect(() => lines.push(megabyte)).toThrow(expect.objectContaining({ code: 'response-too-large' }));
});
