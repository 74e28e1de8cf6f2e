import { expect, test } from 'vitest';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import { defaultLimits } from '#src/lib/mcp/mcp-server.ts';
import { newToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { nameTools } from '#src/server/agent/tool-names.ts';

function server(name: string, tools: string[], over: Partial<FrozenServer> = {}): FrozenServer {
  return {
    id: name,
    name,
    transport: 'streamable-http',
    url: 'http://127.0.0.1/mcp',
    auth: { type: 'none' },
    credentialId: null,
    stdio: null,
    envCredentialId: null,
    rest: null,
    limits: defaultLimits,
    phase: 'live',
    instructions: null,
    era: null,
    tools: tools.map((tool) => ({
      hash: 'h',
      definition: { name: tool, inputSchema: { type: 'object' } },
      policy: { ...newToolPolicy, allowed: true },
    })),
    ...over,
  };
}

test('tools keep their names; the same name on two servers carries the server’s [V6]', () => {
  const named = nameTools([server('Till', ['check', 'order']), server('Store room', ['check'])]);
  expect(named.map((one) => one.name)).toEqual(['Till_check', 'order', 'Store_room_check']);
});

test('what a model cannot spell is spelled differently, and never twice', () => {
  const named = nameTools([server('A', ['pos.check-inv/x', 'pos check inv x', 'ü'])]);
  const names = named.map((one) => one.name);
  expect(new Set(names).size).toBe(3);
  for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_]{1,64}$/);
});

test('tools that are not allowed, and servers for after the call, are not offered [V10][V15]', () => {
  const closed = server('A', ['secret']);
  for (const tool of closed.tools) tool.policy.allowed = false;
  expect(nameTools([closed, server('B', ['report'], { phase: 'after-call' })])).toEqual([]);
});
