import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { ownProgram } from '#src/server/mcp/testing/programs.ts';

// Stands for the process of a call: opens a stdio server, says so, and stays until it is killed.
const session = await openMcpSession({ server: ownProgram('sqlite-server.ts', ['--stubborn']) });
const { content } = await session.callTool('where', {}, { timeoutMs: 10_000 });
console.log(JSON.stringify(content));
setInterval(() => {}, 60_000);
