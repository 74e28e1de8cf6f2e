import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import { AppError } from '#src/lib/app-error.ts';
import type { Address } from '#src/server/mcp/address-guard.ts';
import { networkError } from '#src/server/mcp/network-error.ts';

const connectTimeoutMs = 5_000;

/**
 * Opens and closes a connection of its own, so that this step is timed apart from what is said on it. Answers what it found:
 * TCP, and with https the version of TLS and the certificate. Throws AppErrors `connection-refused`, `timed-out`,
 * `certificate-refused`, `connection-lost`, or the signal's reason.
 */
export async function tryConnection(url: URL, addresses: readonly Address[], signal: AbortSignal): Promise<string> {
  let failed: unknown;
  for (const { address } of addresses) {
    signal.throwIfAborted();
    try {
      return await connectOnce(url, address, signal);
    } catch (error) {
      failed = error;
    }
  }
  throw failed;
}

const portOf = (url: URL): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80));

function connectOnce(url: URL, address: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const target = { host: address, port: portOf(url) };
    const done = (detail: string) => settle(() => resolve(detail));
    const fail = (error: unknown) => settle(() => reject(error));
    const socket: Socket =
      url.protocol === 'https:' ? secure(url, target, done) : connectTcp(target, () => done(`TCP to ${address}`));
    const abort = () => fail(signal.reason);
    const settle = (tell: () => void) => {
      signal.removeEventListener('abort', abort);
      socket.destroy();
      tell();
    };
    socket.setTimeout(connectTimeoutMs, () => fail(tooSlow(url, performance.now() - from)));
    socket.once('error', (error) => fail(networkError(error, url)));
    signal.addEventListener('abort', abort, { once: true });
  });
}

function secure(url: URL, target: { host: string; port: number }, done: (detail: string) => void): TLSSocket {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const socket: TLSSocket = connectTls({ ...target, ...(isIP(host) ? {} : { servername: host }) }, () =>
    done(`TCP, ${socket.getProtocol() ?? 'TLS'}, ${certificateWords(socket.getPeerCertificate())}`),
  );
  return socket;
}

function certificateWords(certificate: PeerCertificate): string {
  const issuer = certificate.issuer.O ?? certificate.issuer.CN;
  const until = new Date(certificate.valid_to).toISOString().slice(0, 10);
  return `certificate${issuer ? ` by ${[issuer].flat().join(', ')}` : ''} good until ${until}`;
}

const tooSlow = (url: URL, ms: number) =>
  new AppError(
    'timed-out',
    `Connection timeout: nothing answered on port ${portOf(url)} within ${Math.round(ms / 1000)} s.`,
    {
      hint: 'Check host and port, and that no firewall is in between.',
      retryable: true,
      raw: 'ETIMEDOUT',
    },
  );
