import { expect, test } from 'vitest';
import type { CataloguedTool } from '#src/lib/mcp/catalogued-tool.ts';
import { listedTool } from '#src/lib/mcp/listed-tool.ts';
import { packTools, unpackTools } from '#src/lib/mcp/packed-tools.ts';
import { judgeTool } from '#src/lib/mcp/readiness/judge-tool.ts';
import { newToolPolicy } from '#src/lib/mcp/tool-policy.ts';

function catalogued(name: string, part: Partial<CataloguedTool> = {}): CataloguedTool {
  const definition = {
    name,
    title: `The ${name}`,
    description: `Does ${name}.`,
    inputSchema: { type: 'object', properties: { secret_field: { type: 'string', description: 'In the schema' } } },
  };
  const base = { hash: 'h'.repeat(64), policy: newToolPolicy, pending: null, measured: null };
  return { definition, ...base, readiness: judgeTool(definition), ...part };
}

test('a list of tools comes out of its text as it went in', () => {
  const changed = catalogued('changed', {
    policy: { ...newToolPolicy, allowed: true },
    pending: {
      hash: 'p'.repeat(64),
      definition: { name: 'changed', inputSchema: {} },
      since: '2026-01-02T03:04:05.000Z',
      diff: [{ kind: 'added', text: '"more"' }],
    },
  });
  const measured = catalogued('measured', {
    policy: { ...newToolPolicy, allowed: true },
    measured: { runs: 3, p50Ms: 10, p95Ms: 20, rawChars: 100, shapedChars: 50 },
  });
  const bare = catalogued('bare', { definition: { name: 'bare', inputSchema: {} } });
  const tools = [catalogued('first'), changed, measured, bare].map(listedTool);
  const text = packTools(tools);
  expect(unpackTools(text)).toEqual(tools);
  expect(text.match(/"timeoutMs"/g)).toHaveLength(2);
});

test('a list holds no schema, and of a long description its beginning', () => {
  const definition = { name: 'long', description: `Begins so. ${'x'.repeat(5_000)}`, inputSchema: { type: 'object' } };
  const [long] = unpackTools(packTools([listedTool(catalogued('long', { definition }))]));
  expect(long?.cut).toBe(true);
  expect(long?.definition.description).toMatch(/^Begins so\. x+…$/);
  const text = packTools(Array.from({ length: 1_000 }, (_, at) => listedTool(catalogued(`tool_${at}`))));
  expect(text).not.toContain('secret_field');
  expect(text.length).toBeLessThan(150_000);
});
