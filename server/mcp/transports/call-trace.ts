import { AsyncLocalStorage } from 'node:async_hooks';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import { secretHider } from '#src/server/mcp/transports/hide-secrets.ts';
import { type OpenExchange, recordTraffic, type Traffic } from '#src/server/mcp/transports/traffic.ts';

/** What went over the wire for one tool call. */
export type CallTrace = {
  /** Runs the sending: what is sent within belongs to this trace. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** When the first of the answer came, on the trace's own clock; null before. */
  firstByteAt(): number | null;
  /** Begins to look for a first byte again, for one more try. */
  again(): void;
  /** Each request with its answer, as they stand now; bodies cut at 16 KB. */
  exchanges(): Exchange[];
};

const mostExchanges = 6;
const mostChars = 16 * 1024;

/** The SDK's client knows nothing of traces; what it sends on behalf of a call is known by where it came from. */
const current = new AsyncLocalStorage<{
  begin: (request: Parameters<Traffic['begin']>[0], to: Traffic) => OpenExchange;
}>();

/** Begins a trace. `now` is the clock that it tells times of. */
export function traceCall(now: () => number): CallTrace {
  let first: number | null = null;
  const records: (() => Exchange[])[] = [];
  return {
    run: (work) =>
      current.run(
        {
          begin: (request, { hider }) => {
            const own = recordTraffic({ hider });
            if (records.length < mostExchanges) records.push(() => own.since(0));
            const exchange = own.begin(request);
            return {
              ...exchange,
              answered: (status, headers) => {
                first ??= now();
                exchange.answered(status, headers);
              },
            };
          },
        },
        work,
      ),
    firstByteAt: () => first,
    again: () => {
      first = null;
    },
    exchanges: () => records.flatMap((read) => read()).map(cut),
  };
}

/** Records what is sent within a trace, there, and nothing else: a session of hours keeps no list. */
export function tracedTraffic(): Traffic {
  const traffic: Traffic = {
    hider: secretHider(),
    idle: () => current.getStore() === undefined,
    begin: (request) => current.getStore()?.begin(request, traffic) ?? unrecorded,
    count: () => 0,
    since: () => [],
  };
  return traffic;
}

const unrecorded: OpenExchange = { answered: () => {}, chunk: () => {}, failed: () => {}, ended: () => {} };

const cut = (exchange: Exchange): Exchange => ({
  ...exchange,
  request: { ...exchange.request, body: exchange.request.body?.slice(0, mostChars).toWellFormed() ?? null },
  response: exchange.response && {
    ...exchange.response,
    body: exchange.response.body.slice(0, mostChars).toWellFormed(),
  },
});
