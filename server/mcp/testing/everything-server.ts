import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenOn } from '#src/server/mcp/testing/listen.ts';

export type EverythingServer = {
  url: string;
  /** Ends it and starts it again at the same address: its sessions are gone. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

const program = path.resolve(
  import.meta.dirname,
  '../../../node_modules/@modelcontextprotocol/server-everything/dist/index.js',
);

/** The real server-everything on loopback, over Streamable HTTP or over the old HTTP+SSE. */
export async function startEverything(transport: 'streamableHttp' | 'sse'): Promise<EverythingServer> {
  const port = await freePort();
  let child = await start(transport, port);
  const stop = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  };
  return {
    url: `http://127.0.0.1:${port}/${transport === 'sse' ? 'sse' : 'mcp'}`,
    restart: async () => {
      await stop();
      child = await start(transport, port);
    },
    stop,
  };
}

async function start(transport: string, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, transport], {
    env: { ...process.env, PORT: String(port) },
    stdio: 'ignore',
  });
  for (let i = 0; i < 200 && !(await answers(port)); i++) await sleep(50);
  return child;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const listening = await listenOn(() => {});
  await listening.close();
  return Number(new URL(listening.origin).port);
}
