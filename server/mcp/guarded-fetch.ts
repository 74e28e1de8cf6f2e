import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, fetch as undiciFetch } from 'undici';
import { AppError } from '#src/lib/app-error.ts';
import { type Config, config } from '#src/server/config.ts';
import {
  checkAddress,
  checkScheme,
  type GuardRules,
  type Resolve,
  resolveHost,
} from '#src/server/mcp/address-guard.ts';
import { limitedBody } from '#src/server/mcp/limited-body.ts';
import { networkError } from '#src/server/mcp/network-error.ts';
import { outgoing } from '#src/server/mcp/outgoing.ts';
import { whoWaits } from '#src/server/mcp/transports/awaited-answer.ts';

export type GuardedFetchOptions = {
  rules: GuardRules;
  /** A response larger than this is cut off with AppError `response-too-large`. */
  maxBytes: number;
  connectTimeoutMs: number;
  /** How names are looked up; left out, as the system does. */
  resolve?: Resolve;
};

const maxRedirects = 5;

/** The rules of this installation. */
export function guardRules(from: Config = config()): GuardRules {
  return { allowLoopback: from.listensOnLoopbackOnly, allowPrivate: from.allowPrivate, ownPorts: from.ownPorts };
}

/**
 * A `fetch` for addresses that a team chose. Every address is checked after it was resolved, where the socket is opened, and
 * again on every redirect. A redirect to another origin is followed without a body, and with no header but content negotiation.
 * Throws AppErrors: `address-unknown`, `address-refused`, `https-required`, `connection-refused`, `timed-out`,
 * `certificate-refused`, `connection-lost`, `too-many-redirects`, `redirect-refused`, and `response-too-large` while reading.
 */
export function createGuardedFetch(options: GuardedFetchOptions): typeof fetch {
  const agent = guardedAgent(options);
  return async (input, init) => {
    const { signal, ...first } = await outgoing(input, init);
    let at: Hop = first;
    for (let hops = 0; ; hops++) {
      await unlessAborted(signal, checkHost(at.url, options));
      const response = await send(at, signal, agent, options.maxBytes);
      const location = response.headers.get('location');
      const redirected = [301, 302, 303, 307, 308].includes(response.status) && location !== null;
      if (!redirected || init?.redirect === 'manual') return response;
      await response.body?.cancel();
      if (init?.redirect === 'error' || hops >= maxRedirects || !URL.canParse(location, at.url.href))
        throw new AppError('too-many-redirects', 'The address only leads on to other addresses.', {
          hint: 'Use the address that it leads to.',
        });
      at = nextHop(at, new URL(location, at.url), response.status);
    }
  };
}

type Hop = { url: URL; method: string; headers: Headers; body: Buffer | null };

function nextHop(from: Hop, to: URL, status: number): Hop {
  to.username = '';
  to.password = '';
  const asGet = (status === 303 && from.method !== 'HEAD') || (status < 303 && from.method === 'POST');
  const { method, body } = asGet ? { method: 'GET', body: null } : from;
  if (to.origin === from.url.origin) return { url: to, method, body, headers: from.headers };
  // What was meant for one server, a refresh token or the arguments of a tool, is not handed to another.
  if (body !== null)
    throw new AppError('redirect-refused', `The server sends the request on to another one: ${to.host}.`, {
      hint: 'Use the address that it leads to, if you trust it.',
    });
  return { url: to, method, body, headers: withoutSecrets(from.headers) };
}

let ours: { fetch: typeof fetch } | undefined;

/** The guarded fetch of this process, with its limits: 8 MB a response, 5 s to connect. */
export function guardedFetch(): typeof fetch {
  ours ??= { fetch: createGuardedFetch({ rules: guardRules(), maxBytes: 8 * 1024 * 1024, connectTimeoutMs: 5_000 }) };
  return ours.fetch;
}

/** The address is checked where the socket is opened, with its port and scheme: what was looked up is what is connected to. */
function guardedAgent(options: GuardedFetchOptions): Agent {
  const connectors = new Map<string, buildConnector.connector>();
  const connectorTo = (url: URL): buildConnector.connector => {
    if (connectors.size > 1_000) connectors.clear();
    const connector =
      connectors.get(url.origin) ??
      buildConnector({ timeout: options.connectTimeoutMs, lookup: checkedLookup(url, options) });
    connectors.set(url.origin, connector);
    return connector;
  };
  return new Agent({
    connect: (to, callback) =>
      connectorTo(new URL(`${to.protocol}//${to.hostname}${to.port ? `:${to.port}` : ''}`))(to, callback),
    headersTimeout: 60_000,
    bodyTimeout: 300_000,
  });
}

function checkedLookup(url: URL, options: GuardedFetchOptions): LookupFunction {
  return (host, { all }, callback) => {
    resolveHost(host, options.resolve).then(
      (addresses) => {
        try {
          for (const { address } of addresses) checkAddress(url, address, options.rules);
          const [first] = addresses;
          if (all) callback(null, addresses);
          else if (first) callback(null, first.address, first.family);
        } catch (error) {
          callback(error instanceof Error ? error : new Error(String(error)), '', 4);
        }
      },
      (error: Error) => callback(error, '', 4),
    );
  };
}

/** Scheme, port and address before anything is sent; a literal address is not looked up later, so this is its only check. */
async function checkHost(url: URL, { rules, resolve }: GuardedFetchOptions): Promise<void> {
  checkScheme(url);
  for (const { address } of await resolveHost(url.hostname, resolve)) checkAddress(url, address, rules);
}

/** Looking a name up cannot be cancelled; waiting for it can. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop));
}

async function send(hop: Hop, signal: AbortSignal, agent: Agent, maxBytes: number): Promise<Response> {
  try {
    const response = await undiciFetch(hop.url, {
      method: hop.method,
      headers: [...hop.headers],
      body: hop.body,
      signal,
      redirect: 'manual',
      dispatcher: agent,
    });
    const events = /^text\/event-stream/i.test(response.headers.get('content-type') ?? '');
    return new Response(
      response.body === null
        ? null
        : limitedBody(response.body.getReader(), {
            maxBytes,
            events,
            url: hop.url,
            signal,
            brokeOff: whoWaits(hop.method),
          }),
      { status: response.status, statusText: response.statusText, headers: [...response.headers] },
    );
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw networkError(error, hop.url);
  }
}

function withoutSecrets(headers: Headers): Headers {
  const kept = new Headers();
  for (const [name, value] of headers)
    if (/^(accept|accept-language|content-type|content-length|user-agent)$/i.test(name)) kept.set(name, value);
  return kept;
}
