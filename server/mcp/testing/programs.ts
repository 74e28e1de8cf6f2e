import path from 'node:path';
import type { McpEndpoint } from '#src/server/mcp/transports/target.ts';

/** A server of an npm package, as a program on this machine. `file` is its program, from the folder of the package. */
export function npmProgram(name: string, args: readonly string[] = [], file = 'dist/index.js'): StdioEndpoint {
  const folder = path.resolve(import.meta.dirname, '../../../node_modules', name);
  return program(process.execPath, [path.join(folder, file), ...args]);
}

/** A server of ours for tests, as a program on this machine. */
export function ownProgram(file: string, args: readonly string[] = []): StdioEndpoint {
  return program(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    path.resolve(import.meta.dirname, file),
    ...args,
  ]);
}

type StdioEndpoint = McpEndpoint & { auth: { type: 'none' }; stdio: NonNullable<McpEndpoint['stdio']> };

export function program(command: string, args: string[]): StdioEndpoint {
  return {
    transport: 'stdio',
    url: '',
    auth: { type: 'none' },
    era: null,
    stdio: { command, args, session: 'per-call' },
  };
}
