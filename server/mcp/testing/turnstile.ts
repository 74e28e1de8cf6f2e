import { createServer, type Socket } from 'node:net';

/** Lets `most` programs in at a time: each connects, waits for a byte, and is out when its connection ends. */
export async function startTurnstile(most: number): Promise<{ port: number; close(): void }> {
  const waiting: Socket[] = [];
  const all = new Set<Socket>();
  let inside = 0;
  const letIn = () => {
    for (
      let next = inside < most ? waiting.shift() : undefined;
      next;
      next = inside < most ? waiting.shift() : undefined
    ) {
      inside++;
      next.once('close', () => {
        inside--;
        letIn();
      });
      next.write('.');
    }
  };
  const server = createServer((socket) => {
    all.add(socket);
    socket.on('error', () => {});
    socket.resume();
    socket.once('close', () => {
      all.delete(socket);
      const at = waiting.indexOf(socket);
      if (at >= 0) waiting.splice(at, 1);
    });
    waiting.push(socket);
    letIn();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    close: () => {
      for (const socket of all) socket.destroy();
      server.close();
    },
  };
}
