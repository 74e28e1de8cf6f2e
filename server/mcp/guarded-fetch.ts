import { Agent, fetch as undiciFetch } from 'undici';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import { type Config, config } from '#src/server/config.ts';
import { checkAddress, type GuardRules, resolveHost } from '#src/server/mcp/address-guard.ts';

export type GuardedFetchOptions = {
  rules: GuardRules;
  /** A response larger than this is cut off with AppError `response-too-large`. */
  maxBytes: number;
  connectTimeoutMs: number;
};

const maxRedirects = 5;

/** The rules of this installation. */
export function guardRules(from: Config = config()): GuardRules {
  return { allowLoopback: from.listensOnLoopbackOnly, allowPrivate: from.allowPrivate, ownPorts: from.ownPorts };
}

/**
 * A `fetch` for addresses that a team chose. Every address is checked after it was resolved, and again on every redirect;
 * headers other than content negotiation are dropped when a redirect leaves the origin.
 * Throws AppErrors: `address-unknown`, `address-refused`, `https-required`, `connection-refused`, `timed-out`, `certificate-refused`, `connection-lost`.
 */
export function createGuardedFetch(options: GuardedFetchOptions): typeof fetch {
  const agent = guardedAgent(options);
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
    let url = new URL(request.url);
    let headers = new Headers(request.headers);
    for (let hops = 0; ; hops++) {
      await refuseLiteral(url, options.rules);
      const response = await send(
        url,
        { method: request.method, headers, body, signal: request.signal },
        agent,
        options.maxBytes,
      );
      const location = response.headers.get('location');
      const redirected = response.status >= 300 && response.status < 400 && location !== null;
      if (!redirected || init?.redirect === 'manual') return response;
      await response.body?.cancel();
      if (init?.redirect === 'error' || hops >= maxRedirects)
        throw new AppError('too-many-redirects', 'The address only leads on to other addresses.', {
          hint: 'Use the address that it leads to.',
        });
      const next = new URL(location, url);
      if (next.origin !== url.origin) headers = withoutSecrets(headers);
      url = next;
    }
  };
}

let ours: { fetch: typeof fetch } | undefined;

/** The guarded fetch of this process, with its limits: 8 MB a response, 5 s to connect. */
export function guardedFetch(): typeof fetch {
  ours ??= { fetch: createGuardedFetch({ rules: guardRules(), maxBytes: 8 * 1024 * 1024, connectTimeoutMs: 5_000 }) };
  return ours.fetch;
}

/** The address is checked where the socket is opened: what was looked up is what is connected to. */
function guardedAgent(options: GuardedFetchOptions): Agent {
  return new Agent({
    connect: {
      timeout: options.connectTimeoutMs,
      lookup: (host, lookupOptions, callback) => {
        resolveHost(host).then(
          (addresses) => {
            try {
              // The scheme was checked before; here only where the name leads.
              for (const { address } of addresses)
                checkAddress(new URL(`https://${host}`), address, { ...options.rules, ownPorts: [] });
              const [first] = addresses;
              if (lookupOptions.all) callback(null, addresses);
              else if (first) callback(null, first.address, first.family);
              else callback(new Error('no address'), '', 4);
            } catch (error) {
              callback(error instanceof Error ? error : new Error(String(error)), '', 4);
            }
          },
          (error: Error) => callback(error, '', 4),
        );
      },
    },
    headersTimeout: 60_000,
    bodyTimeout: 300_000,
  });
}

/** Scheme, port and address before anything is sent; a literal address is not looked up later, so this is its only check. */
async function refuseLiteral(url: URL, rules: GuardRules): Promise<void> {
  for (const { address } of await resolveHost(url.hostname)) checkAddress(url, address, rules);
}

type Outgoing = { method: string; headers: Headers; body: Buffer | null; signal: AbortSignal };

async function send(url: URL, out: Outgoing, agent: Agent, maxBytes: number): Promise<Response> {
  try {
    const response = await undiciFetch(url, {
      method: out.method,
      headers: [...out.headers],
      body: out.body,
      signal: out.signal,
      redirect: 'manual',
      dispatcher: agent,
    });
    return new Response(response.body === null ? null : copied(response.body.getReader(), maxBytes), {
      status: response.status,
      statusText: response.statusText,
      headers: [...response.headers],
    });
  } catch (error) {
    if (out.signal.aborted) throw out.signal.reason;
    throw networkError(error, url);
  }
}

/** What the network said, as an AppError that names it. Never holds a header or a query. */
export function networkError(error: unknown, url: URL): AppError {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (isAppError(at)) return at;
  const code = codeOf(error);
  const where = `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`;
  if (code === 'ECONNREFUSED')
    return new AppError('connection-refused', `Connection refused: nothing listens at ${where}.`, {
      hint: 'Check host and port, and that the server is running.',
      retryable: true,
      raw: code,
      cause: error,
    });
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT' || code === 'UND_ERR_HEADERS_TIMEOUT')
    return new AppError('timed-out', `Connection timeout: nothing answered at ${where}.`, {
      hint: 'Check that the address is reachable from this machine and no firewall is in between.',
      retryable: true,
      raw: code,
      cause: error,
    });
  if (/CERT|TLS|SSL|SELF_SIGNED|ALTNAME/.test(code))
    return new AppError('certificate-refused', `The certificate of ${where} is not trusted.`, {
      hint: 'Renew it, or use the name that it was made for.',
      raw: code,
      cause: error,
    });
  return new AppError('connection-lost', `The connection to ${where} broke off.`, {
    hint: 'Try again; if it stays, look at the log of the server.',
    retryable: true,
    raw: code || 'unknown',
    cause: error,
  });
}

function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at instanceof AggregateError && at.errors[0] !== undefined) return codeOf(at.errors[0]);
  }
  return '';
}

function withoutSecrets(headers: Headers): Headers {
  const kept = new Headers();
  for (const [name, value] of headers)
    if (/^(accept|accept-language|content-type|content-length|user-agent)$/i.test(name)) kept.set(name, value);
  return kept;
}

type Reader = {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<void>;
};

/** The body again, as the platform's own stream, cut off past the limit. */
function copied(reader: Reader, maxBytes: number): ReadableStream<Uint8Array> {
  let seen = 0;
  return new ReadableStream({
    async pull(out) {
      const { done, value } = await reader.read();
      if (done || !value) return out.close();
      seen += value.byteLength;
      if (seen <= maxBytes) return out.enqueue(value);
      await reader.cancel();
      throw new AppError('response-too-large', `The answer is larger than ${Math.round(maxBytes / 1024 / 1024)} MB.`, {
        hint: 'Ask for less: a filter, a page, fewer fields.',
      });
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
