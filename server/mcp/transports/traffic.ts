import type { Exchange } from '#src/lib/mcp/exchange.ts';
import { type SecretHider, secretHider } from '#src/server/mcp/transports/hide-secrets.ts';

const shownBytes = 64 * 1024;
/** A secret that the cut would halve must be found whole first. */
const keptBytes = shownBytes + 16 * 1024;

/** One request while it runs; its answer is filled in as it comes. */
export type OpenExchange = {
  answered(status: number, headers: Iterable<[string, string]>): void;
  /** A piece of the answer's body, as it passes. */
  chunk(bytes: Uint8Array): void;
  failed(words: string): void;
  /** The answer is whole, or nobody reads it any more. */
  ended(): void;
};

/** What went over the wire to one server, in the order in which it was sent. */
export type Traffic = {
  hider: SecretHider;
  /** True while nothing is to be recorded: what passes then need not be looked at. Left out: never. */
  idle?(): boolean;
  begin(request: {
    method: string;
    url: string;
    headers: Iterable<[string, string]>;
    body: string | null;
  }): OpenExchange;
  /** How many were begun so far; a mark for `since`. */
  count(): number;
  /** Those begun from a mark on, as they stand now. */
  since(mark: number): Exchange[];
};

type Entry = {
  at: string;
  from: number;
  ms: number | null;
  rpc: string | null;
  request: Exchange['request'];
  status: number | null;
  headers: Record<string, string>;
  kept: Uint8Array[];
  keptBytes: number;
  bytes: number;
  error: string | null;
};

/**
 * Records requests and answers without holding them back. Secrets are taken out before anyone sees them, bodies are cut
 * at 64 KB. `onExchange` is told of each one as it ends.
 */
export function recordTraffic(
  o: {
    secrets?: readonly (string | null)[];
    /** One that others use too; left out, an own one. */
    hider?: SecretHider;
    onExchange?: ((exchange: Exchange) => void) | undefined;
  } = {},
): Traffic {
  const hider = o.hider ?? secretHider(o.secrets);
  const entries: Entry[] = [];
  return {
    hider,
    begin: (request) => {
      const rpc = rpcMethod(request.body);
      const entry: Entry = {
        at: new Date().toISOString(),
        from: performance.now(),
        ms: null,
        rpc,
        request: {
          method: request.method,
          url: hider.url(request.url),
          headers: hider.headers(request.headers),
          body: request.body === null ? null : shown(hider.body(request.body.slice(0, keptBytes), rpc !== null)),
        },
        status: null,
        headers: {},
        kept: [],
        keptBytes: 0,
        bytes: 0,
        error: null,
      };
      entries.push(entry);
      let over = false;
      const end = () => {
        if (over) return;
        over = true;
        entry.ms = Math.round((performance.now() - entry.from) * 10) / 10;
        o.onExchange?.(exchangeOf(entry, hider));
      };
      return {
        answered: (status, headers) => {
          entry.status = status;
          entry.headers = hider.headers(headers);
        },
        chunk: (bytes) => {
          entry.bytes += bytes.byteLength;
          const room = keptBytes - entry.keptBytes;
          if (room <= 0) return;
          const piece = bytes.slice(0, room); // a copy: the reader may reuse its memory
          entry.kept.push(piece);
          entry.keptBytes += piece.byteLength;
        },
        failed: (words) => {
          if (!over) entry.error = shown(hider.text(words));
          end();
        },
        ended: end,
      };
    },
    count: () => entries.length,
    since: (mark) => entries.slice(mark).map((entry) => exchangeOf(entry, hider)),
  };
}

function exchangeOf(entry: Entry, hider: SecretHider): Exchange {
  return {
    at: entry.at,
    ms: entry.ms,
    rpc: entry.rpc,
    request: entry.request,
    response:
      entry.status === null
        ? null
        : {
            status: entry.status,
            headers: entry.headers,
            body: shown(hider.body(new TextDecoder().decode(Buffer.concat(entry.kept)), entry.rpc !== null)),
            bytes: entry.bytes,
          },
    error: entry.error,
  };
}

/** Cut to what is shown, and only what a database and a page can hold: no NUL, no half characters. */
const shown = (text: string): string => text.slice(0, shownBytes).replaceAll('\0', '\u2400').toWellFormed();

/** The method of a JSON-RPC request; its answers and batches count as JSON-RPC too. */
function rpcMethod(body: string | null): string | null {
  if (body === null || !body.includes('"jsonrpc"')) return null;
  try {
    const message: unknown = JSON.parse(body);
    const first: unknown = Array.isArray(message) ? message[0] : message;
    if (typeof first !== 'object' || first === null || !('jsonrpc' in first)) return null;
    if ('method' in first && typeof first.method === 'string') return first.method.slice(0, 200);
    return 'error' in first ? 'error' : 'result';
  } catch {
    return null;
  }
}
