import { createServer, type RequestListener, type Server } from 'node:http';

/** A small server of a test, on a free port of loopback. */
export type Listening = { origin: string; server: Server; close(): Promise<void> };

/** Listens on a free port; `close` also ends connections that hang. */
export function listenOn(handler: RequestListener): Promise<Listening> {
  const server = createServer(handler);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('no port'));
      resolve({
        origin: `http://127.0.0.1:${address.port}`,
        server,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}
