/** An MCP server on SQLite, run as a program of its own (X11): a query, an action, and where it runs. */
import { spawn } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

const database = new DatabaseSync(':memory:');
database.exec(`
  create table items (name text primary key, amount integer not null);
  insert into items values ('flour', 12), ('yeast', 3);
`);
let calls = 0;

const server = new McpServer({ name: 'pantry', version: '1.0.0' });
server.registerTool(
  'amount_left',
  { description: 'How much of an item is left in the pantry', inputSchema: z.object({ name: z.string() }) },
  ({ name }) => {
    const row = database.prepare('select amount from items where name = ?').get(name);
    return { content: [{ type: 'text', text: row ? `${row.amount} left` : 'no such item' }] };
  },
);
server.registerTool(
  'take',
  { description: 'Takes one of an item out of the pantry', inputSchema: z.object({ name: z.string() }) },
  ({ name }) => {
    const { changes } = database.prepare('update items set amount = amount - 1 where name = ?').run(name);
    return { content: [{ type: 'text', text: changes === 1 ? 'taken' : 'no such item' }], isError: changes !== 1 };
  },
);
server.registerTool(
  'where',
  { description: 'Process, folder and variables of this server', inputSchema: z.object({}) },
  () => {
    calls++;
    // A helper that leaves the group, as daemons do.
    const helper = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    helper.unref();
    const { pid, env } = process;
    const found = {
      pid,
      helper: helper.pid,
      calls,
      home: env.HOME,
      cwd: process.cwd(),
      names: Object.keys(env).sort(),
    };
    return { content: [{ type: 'text', text: JSON.stringify(found) }] };
  },
);
server.registerTool('crash', { description: 'Ends the program', inputSchema: z.object({}) }, () => {
  console.error(`last words with ${process.env.PANTRY_KEY}`);
  process.exit(7);
});
if (process.argv.includes('--stubborn')) {
  // A server that ends neither with its input nor when it is asked to.
  setInterval(() => {}, 60_000);
  process.on('SIGTERM', () => {});
}
await server.connect(new StdioServerTransport());
