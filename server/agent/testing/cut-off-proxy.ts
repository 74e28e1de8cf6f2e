import { connect, createServer, type Socket } from 'node:net';

export type CutOffProxy = {
  port: number;
  /** Breaks every connection and takes no new one until `restore`. */
  cut(): void;
  restore(): void;
  stop(): void;
};

/** A TCP proxy before a real server, which can be made to go away and come back. */
export async function startCutOffProxy(target: { host: string; port: number }): Promise<CutOffProxy> {
  const sockets = new Set<Socket>();
  let open = true;
  const server = createServer((socket) => {
    if (!open) {
      socket.destroy();
      return;
    }
    const upstream = connect(target.port, target.host);
    for (const end of [socket, upstream]) {
      sockets.add(end);
      end.on('error', () => {});
      end.on('close', () => {
        sockets.delete(end);
        socket.destroy();
        upstream.destroy();
      });
    }
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address && typeof address === 'object' ? address.port : 0,
    cut() {
      open = false;
      for (const socket of sockets) socket.destroy();
    },
    restore() {
      open = true;
    },
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
