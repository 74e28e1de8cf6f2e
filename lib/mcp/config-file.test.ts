import { expect, test } from 'vitest';
import { placeholderNames } from '#src/lib/mcp/config-file/placeholders.ts';
import { unmatchedFilter } from '#src/lib/mcp/config-file/unmatched-filter.ts';
import { readConfigFile } from '#src/lib/mcp/config-file.ts';

const read = (file: unknown, values?: Record<string, string>) =>
  readConfigFile(typeof file === 'string' ? file : JSON.stringify(file), values);
const inputs = (file: unknown, values?: Record<string, string>) => read(file, values).servers.map(({ input }) => input);

test('the mcp block imports as it is: an empty filter and none allow all tools, a filled one names them [X2]', () => {
  const block = { command: 'npx', args: ['-y', '@modelcontextprotocol/server-filesystem', '/data'] };
  expect(inputs({ mcp: { ...block, tools_filter: [] }, other: 'settings of the bot' })).toMatchObject([
    {
      name: 'filesystem',
      transport: 'stdio',
      stdio: { command: 'npx', args: ['-y', '@modelcontextprotocol/server-filesystem', '/data'] },
      toolsFilter: [],
    },
  ]);
  expect(inputs({ mcp: block })[0]?.toolsFilter).toEqual([]);
  const two = inputs({
    mcp: [
      { ...block, tools_filter: ['read_file'] },
      { command: '/opt/till', args: [] },
    ],
  });
  expect(two.map(({ name, toolsFilter }) => [name, toolsFilter])).toEqual([
    ['filesystem', ['read_file']],
    ['till', []],
  ]);
});

test('mcp.json of several programs is read: commands, addresses, keys in headers and addresses', () => {
  const file = `{
    // as an editor lets people write it
    "mcpServers": {
      "memory": {"command": "npx", "args": ["server-memory"], "env": {"MEMORY_FILE_PATH": "/tmp/m.json"}},
      "shop": {"type": "http", "url": "https://shop.example/mcp", "headers": {"Authorization": "Bearer abc//123"}},
      "till": {"url": "https://till.example/sse", "headers": {"X-API-Key": "k1", "Accept": "*/*", "X-Shop": "7"}},
      "search": {"serverUrl": "https://search.example/mcp?api_key=q1&lang=it"}, /* the last */
    },
  }`;
  const { servers, problems } = read(file);
  expect(servers.map(({ input }) => input)).toMatchObject([
    { name: 'memory', transport: 'stdio', env: { MEMORY_FILE_PATH: '/tmp/m.json' } },
    { name: 'shop', transport: 'streamable-http', auth: { type: 'bearer', key: 'abc//123' } },
    { name: 'till', transport: 'sse', auth: { type: 'api-key', in: 'header', name: 'X-API-Key', key: 'k1' } },
    { name: 'search', url: 'https://search.example/mcp?lang=it', auth: { in: 'query', name: 'api_key', key: 'q1' } },
  ]);
  // Nothing in such a file says that tools may be used: they start off.
  expect(servers.every(({ input }) => input.toolsFilter === undefined)).toBe(true);
  expect(problems).toEqual([
    { path: 'mcpServers.till.headers.X-Shop', message: 'This header is left out: a server has one key.' },
  ]);
  expect(inputs({ servers: { a: { type: 'stdio', command: 'a' } } })).toHaveLength(1);
  expect(inputs({ mcp: { servers: { b: { type: 'http', url: 'https://b.example' } } } })).toHaveLength(1);
});

test('placeholders take given values only; what has none is left out and named [K3]', () => {
  const file = {
    mcpServers: {
      a: { url: 'https://a.example', headers: { 'x-api-key': '${input:a-key}' } },
      b: { url: '${B_URL:-https://b.example}/mcp', headers: { Authorization: 'Bearer ${env:PATH}' } },
    },
  };
  expect(placeholderNames(JSON.stringify(file))).toEqual(['a-key', 'B_URL', 'PATH']);
  const without = read(file);
  expect([without.servers, without.needs]).toEqual([[], ['a-key', 'PATH']]);
  expect(without.problems[0]).toEqual({
    path: 'mcpServers.a',
    message: 'It needs a value for a-key, and is left out until there is one.',
  });
  expect(inputs(file, { 'a-key': 'k', PATH: 'p' })).toMatchObject([
    { auth: { key: 'k' } },
    { url: 'https://b.example/mcp', auth: { key: 'p' } },
  ]);
});

test.each([
  ['no json at all', '', 'not JSON'],
  ['[1]', '', 'has to be a JSON object'],
  ['{"a": 1}', '', 'no servers in this file'],
  ['{"patchbay": 2, "servers": []}', 'patchbay', 'another version'],
  ['{"mcpServers": {"x": 5}}', 'mcpServers.x', 'expected object'],
  ['{"mcpServers": {"x": {"url": "ftp://x"}}}', 'mcpServers.x.url', 'not an http or https address'],
  ['{"mcpServers": {"x": {"command": 7}}}', 'mcpServers.x.command', 'expected string'],
  ['{"mcpServers": {"x": {"command": "a", "disabled": true}}}', 'mcpServers.x.disabled', 'switched off'],
  ['{"mcpServers": {"x": {"url": "https://x", "headers": {"x-key": "top secret"}}}}', 'mcpServers.x.auth.key', 'key'],
])('%s is refused with its place and a sentence', (text, path, message) => {
  const { servers, problems } = read(text);
  expect(servers).toEqual([]);
  expect(problems).toMatchObject([{ path, message: expect.stringContaining(message) }]);
  expect(JSON.stringify(problems)).not.toContain('top secret');
});

test('one bad server does not keep the others out', () => {
  expect(inputs({ mcpServers: { bad: {}, good: { url: 'https://good.example' } } })).toMatchObject([{ name: 'good' }]);
});

test('names of a filter that match nothing are found [X2]', () => {
  expect(unmatchedFilter(['a', 'b', 'b'], [{ name: 'a' }, { name: 'c' }])).toEqual(['b']);
});
