import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, test } from 'vitest';
import { judgeServer } from '#src/lib/mcp/readiness/judge-server.ts';
import { judgeTool } from '#src/lib/mcp/readiness/judge-tool.ts';
import { type ToolDefinition, toolDefinitionSchema } from '#src/lib/mcp/tool-definition.ts';

/** What a real public server lists, started as its readers start it. */
async function listed(program: string, ...args: string[]): Promise<ToolDefinition[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'readiness-'));
  const client = new Client({ name: 'test', version: '1' });
  try {
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [
          path.resolve('node_modules', program, 'dist/index.js'),
          ...args.map((arg) => arg.replace('DIR', folder)),
        ],
        env: { PATH: process.env.PATH ?? '', HOME: folder, MEMORY_FILE_PATH: path.join(folder, 'memory.json') },
        stderr: 'ignore',
      }),
    );
    return (await client.listTools()).tools.map((tool) => toolDefinitionSchema.parse(tool));
  } finally {
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const broken = (tool: ToolDefinition) => judgeTool(tool).reasons.flatMap(({ ok, rule }) => (ok ? [] : [rule]));

/** What a reader of these definitions would say of them: a rule that stops seeing it fails here. */
test.each([
  ['@modelcontextprotocol/server-filesystem', ['DIR'], { read_text_file: ['known-to-callers'] }],
  ['@modelcontextprotocol/server-memory', [], { create_entities: ['easy-to-say'] }],
  ['@modelcontextprotocol/server-sequential-thinking', [], { sequentialthinking: ['description', 'easy-to-say'] }],
  ['@modelcontextprotocol/server-everything', ['stdio'], { 'get-sum': ['description'] }],
  ['@cyanheads/git-mcp-server', [], { git_branch: ['one-purpose'], git_tag: ['one-purpose'] }],
] satisfies [string, string[], Record<string, string[]>][])(
  'judges what %s really lists [B5] [V9] [X1]',
  async (program, args, expected) => {
    const tools = await listed(program, ...args);
    expect(tools.length).toBeGreaterThan(0);
    for (const [name, rules] of Object.entries(expected)) {
      const tool = tools.find((candidate) => candidate.name === name);
      expect(tool && broken(tool), name).toEqual(expect.arrayContaining(rules));
    }
    for (const tool of tools) {
      const { score, rewrite } = judgeTool(tool);
      expect(score).toBeGreaterThanOrEqual(0);
      // A rewrite never makes it worse.
      if (rewrite) expect(judgeTool(rewrite).score).toBeGreaterThanOrEqual(score);
    }
    expect(judgeServer(tools.map((tool) => ({ name: tool.name, readiness: judgeTool(tool) })))?.score).toBeLessThan(95);
    if (process.env.SHOW_SCORES)
      for (const tool of tools) console.log(program, tool.name, judgeTool(tool).score, broken(tool).join(' '));
  },
);
