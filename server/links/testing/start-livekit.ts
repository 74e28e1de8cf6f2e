import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '#src/server/agent/testing/free-port.ts';
import { findLivekitServer } from '#src/server/supervisor/livekit-binary.ts';

/** A real LiveKit without an agent, on free ports; the environment leads to it. Answers with the way to end it. */
export async function startLivekit(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'patchbay-livekit-'));
  const [port, udpPort, tcpPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const secret = 'test-secret-test-secret-test-secret';
  const file = path.join(folder, 'livekit.yaml');
  writeFileSync(
    file,
    `port: ${port}\nbind_addresses: ["127.0.0.1"]\nkeys: {devkey: ${secret}}\nlogging: {level: error}\nrtc:\n  udp_port: ${udpPort}\n  tcp_port: ${tcpPort}\n  use_external_ip: false\n  node_ip: 127.0.0.1\n  enable_loopback_candidate: true\n`,
  );
  Object.assign(process.env, {
    LIVEKIT_URL: `ws://127.0.0.1:${port}`,
    LIVEKIT_API_KEY: 'devkey',
    LIVEKIT_API_SECRET: secret,
  });
  const child = spawn(await findLivekitServer({ say: () => {} }), ['--config', file], { stdio: 'ignore' });
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries > 300) throw new Error('LiveKit does not answer.');
    await sleep(100);
  }
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await Promise.race([exited, sleep(5_000)]);
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    (response) => response.ok,
    () => false,
  );
