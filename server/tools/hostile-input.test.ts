import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaultServer, startFaultServer } from '#src/server/mcp/testing/fault-server.ts';
import { takenInSchema } from '#src/server/tools/testing/take-in.ts';

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

type Row = { name: string; url: string; args?: Record<string, unknown>; becomes: RegExp };

const tool = (inputSchema: unknown, more = {}) => [{ name: 'tell', description: 'Tells', inputSchema, ...more }];
const object = (properties: unknown) => ({ type: 'object', properties });
const nested = (depth: number): string =>
  `[{"name":"tell","inputSchema":{"type":"object","properties":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}}]`;
const content = (value: string) => JSON.stringify({ content: [{ type: 'text', text: value }] });

const schemas = (): Row[] =>
  (
    [
      [
        'a schema that contains itself',
        tool({ ...object({ next: { $ref: '#' } }), required: ['next'] }),
        /answer|refused/,
      ],
      [
        'references in a circle',
        tool({ $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } }),
        /score|server-error/,
      ],
      ['a reference to the network', tool(object({ a: { $ref: 'http://169.254.169.254/schema' } })), /score/],
      [
        '5 MB of schema',
        tool(object({ a: { type: 'string', description: 'x'.repeat(5_000_000) } })),
        /definition-refused/,
      ],
      [
        '12 MB of schema',
        tool(object({ a: { type: 'string', description: 'x'.repeat(12_000_000) } })),
        /response-too-large/,
      ],
      [
        '10,000 properties',
        tool(object(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`p${i}`, { type: 'string' }])))),
        /score|definition-refused/,
      ],
      [
        '10,000 required',
        tool({ ...object({}), required: Array.from({ length: 10_000 }, (_, i) => `p${i}`) }),
        /score|refused/,
      ],
      ['5,000 levels', nested(5_000), /definition-refused|server-error/],
      [
        'names that pollute',
        tool(
          JSON.parse(
            '{"type":"object","properties":{"__proto__":{"type":"object","properties":{"polluted":{"const":1}}},"constructor":{"type":"string","default":"x"},"prototype":{"type":"string"},"toString":{"type":"string"},"hasOwnProperty":{"type":"string"}},"__proto__":{"polluted":true}}',
          ),
        ),
        /score/,
      ],
      ['a pattern that never ends', tool(object({ a: { type: 'string', pattern: '^(a+)+$' } })), /arguments fit/],
      ['a pattern that is none', tool(object({ a: { type: 'string', pattern: '(((' } })), /score/],
      ['types that are none', tool(object({ a: { type: 'banana' }, b: { type: 7 }, c: null })), /score|server-error/],
      ['no schema', [{ name: 'tell' }], /server-error/],
      ['a schema that is a list', tool([]), /server-error/],
      ['tools that are none', 'all of them', /server-error/],
      ['a name of control characters', tool(object({}), { name: '\u0000\u001b[31m\u202e' }), /score/],
      ['a name of 1 MB', tool(object({}), { name: 'n'.repeat(1_000_000) }), /definition-refused/],
      ['text that nobody sees', tool(object({}), { description: 'Tells\u200b\u202e\u{e0041}\u{e0042}' }), /score/],
      [
        '20,000 enumerations',
        tool(object({ a: { enum: Array.from({ length: 20_000 }, (_, i) => `v${i}`) } })),
        /score/,
      ],
      ['1,000 tools of one name', Array.from({ length: 1_000 }, () => tool(object({}))[0]), /score/],
    ] as const
  ).map(([name, tools, becomes]) => ({
    name,
    url: server.serveTools(tools),
    args: { a: `${'a'.repeat(40)}!` },
    becomes,
  }));

const results = (): Row[] =>
  (
    [
      ['control characters', content('a\u0000b\u001b[31mc\u0007\u202ed'), /answer a/],
      ['halves of characters', '{"content":[{"type":"text","text":"\\ud800 and \\udfff"}]}', /answer/],
      [
        'invalid UTF-8',
        Buffer.concat([
          Buffer.from('{"content":[{"type":"text","text":"'),
          Buffer.from([0xff, 0xfe, 0xc0]),
          Buffer.from('"}]}'),
        ]),
        /answer/,
      ],
      ['content that is no list', '{"content":"no"}', /server-error/],
      [
        'content of strange kinds',
        '{"content":[null,7,"x",{"type":"banana"},{"type":"image","data":"!!!"}]}',
        /answer|server-error/,
      ],
      [
        'names that pollute',
        '{"content":[],"structuredContent":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}',
        /answer/,
      ],
      [
        '100,000 levels',
        `{"content":[],"structuredContent":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
        /result-too-deep/,
      ],
      [
        '100,000 pieces',
        `{"content":[${Array.from({ length: 100_000 }, () => '{"type":"text","text":"x"}').join(',')}]}`,
        /answer x/,
      ],
      [
        '7 MB of picture',
        `{"content":[{"type":"image","mimeType":"image/png","data":"${'A'.repeat(7_000_000)}"}]}`,
        /answer \[an image/,
      ],
      [
        'numbers that are none',
        '{"content":[{"type":"text","text":"1e999"}],"structuredContent":{"n":1e999}}',
        /answer/,
      ],
      ['a key like ours', content('sk-very-secret-1234'), /answer/],
    ] as const
  ).map(([name, result, becomes]) => ({ name: `a result: ${name}`, url: server.serveResult(result), becomes }));

const faults = (): Row[] => [
  { name: '100 MB', url: server.url('huge'), becomes: /^response-too-large$/ },
  { name: '100 MB of events', url: server.url('huge-stream'), becomes: /^response-too-large$/ },
  { name: '50 MB packed', url: server.url('gzip-bomb'), becomes: /^response-too-large$/ },
  { name: '500 KB of headers', url: server.url('huge-headers'), becomes: /^connection-lost$/ },
  { name: 'headers that are none', url: server.url('invalid-headers'), becomes: /^connection-lost$/ },
  { name: 'an address inwards', url: 'https://169.254.169.254/latest', becomes: /^address-refused$/ },
  { name: 'an address in decimal', url: 'https://167772161/', becomes: /^address-refused$/ },
  { name: 'plain http', url: 'http://93.184.216.34/mcp', becomes: /^https-required$/ },
  { name: 'another scheme', url: 'file:///etc/passwd', becomes: /^address-refused$/ },
  { name: 'no such name', url: 'https://no-such-name.invalid/mcp', becomes: /^address-unknown$/ },
];

test('every row of the table of bad input is named within its time, and leaves nothing behind [K5] [K4] [V12]', {
  timeout: 180_000,
}, async () => {
  const rows = [...schemas(), ...results(), ...faults()];
  const child = spawn(process.execPath, ['--expose-gc', `${import.meta.dirname}/testing/take-in.ts`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // glibc keeps what was freed for later: given back at once, resident memory tells what is in use.
    env: { ...process.env, MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '65536' },
  });
  child.stdin.end(JSON.stringify({ key: 'sk-very-secret-1234', rows }));
  const taken = takenInSchema.parse(JSON.parse(await text(child.stdout)));
  const outcomes = new Map(taken.rows.map((row) => [row.name, row]));
  for (const { name, becomes } of rows) {
    const { outcome = 'nothing', ms = Number.POSITIVE_INFINITY } = outcomes.get(name) ?? {};
    expect.soft(outcome, name).toMatch(becomes);
    expect.soft(outcome, name).not.toContain('UNNAMED');
    expect.soft(ms, name).toBeLessThan(11_000);
  }
  expect(taken.polluted).toBe(false);
  if (process.env.SHOW_FIGURES) console.log(`RSS before ${taken.before}, after ${taken.after}, heap ${taken.heap}`);
  expect(taken.after / taken.before).toBeLessThanOrEqual(1.1);
  expect(taken.heap).toBeLessThanOrEqual(1.1);
});
