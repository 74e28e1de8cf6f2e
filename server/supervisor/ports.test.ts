import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { pickPort } from '#src/server/supervisor/ports.ts';

const pick = (preferred: number, udp: boolean, said: string[] = []) =>
  pickPort({ part: 'part', preferred, udp, taken: new Set(), say: (line) => said.push(line) });

test('a port that another program has is passed over, by TCP and by UDP', async () => {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const udp = socket.address().port;
  const address = server.address();
  const tcp = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const said: string[] = [];
  expect(await pick(udp, true, said)).toBeGreaterThan(udp);
  expect(said).toHaveLength(1);
  expect(await pick(udp, false)).toBe(udp);
  expect(await pick(tcp, false)).toBeGreaterThan(tcp);
  expect(await pick(tcp, true)).toBe(tcp);
  socket.close();
  server.close();
});
