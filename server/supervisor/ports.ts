import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** True when nothing listens on this port. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => probe.close(() => resolve(true)));
    probe.listen(port, host);
  });
}

/** The same of UDP, where nothing that listens by TCP is in the way. */
function isFreeUdp(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createSocket('udp4')
      .once('error', () => resolve(false))
      .once('listening', () => probe.close(() => resolve(true)));
    probe.bind(port, host);
  });
}

/**
 * A port for a part: the asked one, or the default, or the next free one (which is said).
 * Throws an Error that names the variable when an asked port is taken.
 */
export async function pickPort(o: {
  part: string;
  preferred: number;
  asked?: { variable: string; port: number } | undefined;
  host?: string;
  udp?: boolean;
  taken: Set<number>;
  say: (line: string) => void;
}): Promise<number> {
  const free = o.udp ? isFreeUdp : isFree;
  if (o.asked) {
    if (!(await free(o.asked.port, o.host)))
      throw new Error(
        `Port ${o.asked.port} for the ${o.part} is in use. Set ${o.asked.variable} to a free port, or leave it out.`,
      );
    o.taken.add(o.asked.port);
    return o.asked.port;
  }
  for (let port = o.preferred; port < o.preferred + 100; port++) {
    if (o.taken.has(port) || !(await free(port, o.host))) continue;
    o.taken.add(port);
    if (port !== o.preferred) o.say(`Port ${o.preferred} is in use: the ${o.part} is on ${port}.`);
    return port;
  }
  throw new Error(
    `No free port from ${o.preferred} to ${o.preferred + 99} for the ${o.part}. End what uses them, then start again.`,
  );
}
