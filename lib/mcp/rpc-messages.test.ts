import { expect, test } from 'vitest';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import { trafficLines } from '#src/lib/mcp/rpc-messages.ts';

const exchange = (request: unknown, body: string, status = 200): Exchange => ({
  at: '2026-11-21T10:00:00.000Z',
  ms: 20,
  rpc: null,
  request: { method: 'POST', url: 'https://a.example/mcp', headers: {}, body: JSON.stringify(request) },
  response: { status, headers: { 'content-type': 'application/json' }, body, bytes: body.length },
  error: null,
});
const labels = (one: Exchange) =>
  trafficLines(one).map((line) => `${line.from === 'server' ? '<' : '>'} ${line.label}`);

test('names what was asked and what came back [C5]', () => {
  const list = exchange(
    { jsonrpc: '2.0', id: 2, method: 'tools/list' },
    JSON.stringify({ jsonrpc: '2.0', id: 2, result: { tools: [{}, {}] } }),
  );
  expect(labels(list)).toEqual(['> tools/list', '< result, 2 tools']);
  expect(trafficLines(list)[1]).toMatchObject({ id: '2', ms: 20, at: '2026-11-21T10:00:00.020Z' });
  const call = { jsonrpc: '2.0', id: 3, method: 'tools/call', params: { name: 'order' } };
  const stream = [
    'event: message\ndata: {"jsonrpc":"2.0","method":"notifications/progress","params":{}}',
    'id: 7\ndata: {"jsonrpc":"2.0","id":3,\ndata: "result":{"isError":true}}',
  ].join('\n\n');
  expect(labels(exchange(call, stream))).toEqual([
    '> tools/call order',
    '< notifications/progress',
    '< result, isError',
  ]);
  expect(labels(exchange(call, '<h1>no</h1>', 502))).toEqual(['> tools/call order', '< HTTP 502, application/json']);
  const refused = JSON.stringify({ jsonrpc: '2.0', id: 3, error: { code: -32601, message: 'no such method' } });
  expect(labels(exchange(call, refused))[1]).toBe('< error -32601: no such method');
});

test('a request without an answer says what the network said, and one that is not JSON-RPC is named by its path', () => {
  const lost = { ...exchange({}, ''), response: null, error: 'connection refused', ms: null };
  expect(labels(lost)).toEqual(['> POST /mcp', '< connection refused']);
});
