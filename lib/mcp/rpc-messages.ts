import { isRecord } from '#src/lib/json-schema/is-record.ts';
import type { Exchange } from '#src/lib/mcp/exchange.ts';

/** One JSON-RPC message, or one plain HTTP request or answer, as a line of the traffic list. */
export type TrafficLine = {
  from: 'patchbay' | 'server';
  /** Such as `tools/call check_inventory`, `result, 7 tools`, `error -32601: …`, `GET /.well-known/…`. */
  label: string;
  id: string | null;
  bytes: number;
  /** Wall time, ISO 8601; of an answer the time when it had come. */
  at: string;
  /** Of an answer. */
  ms: number | null;
  failed: boolean;
};

/** The lines of one exchange: the request, then each message of the answer, be it JSON or an event stream. */
export function trafficLines(exchange: Exchange): TrafficLine[] {
  const { request, response } = exchange;
  const asked = messagesIn(request.body ?? '');
  const path = pathOf(request.url);
  const out: TrafficLine[] =
    asked.length > 0
      ? asked.map((message) => ({ ...sent(message), bytes: request.body?.length ?? 0, at: exchange.at, ms: null }))
      : [
          {
            from: 'patchbay',
            label: `${request.method} ${path}`,
            id: null,
            bytes: request.body?.length ?? 0,
            at: exchange.at,
            ms: null,
            failed: false,
          },
        ];
  const at = exchange.ms === null ? exchange.at : new Date(Date.parse(exchange.at) + exchange.ms).toISOString();
  const answer = { from: 'server' as const, id: null, at, ms: exchange.ms };
  if (!response)
    return exchange.error === null ? out : [...out, { ...answer, label: exchange.error, bytes: 0, failed: true }];
  const answers = messagesIn(response.body);
  if (answers.length === 0)
    return [
      ...out,
      {
        ...answer,
        label: `HTTP ${response.status}${response.headers['content-type'] ? `, ${response.headers['content-type']}` : ''}`,
        bytes: response.bytes,
        failed: response.status >= 400,
      },
    ];
  return [
    ...out,
    ...answers.map((message) => ({
      ...answer,
      ...received(message, response.status),
      bytes: answers.length === 1 ? response.bytes : JSON.stringify(message).length,
    })),
  ];
}

function sent(message: Record<string, unknown>): Pick<TrafficLine, 'from' | 'label' | 'id' | 'failed'> {
  const method = typeof message.method === 'string' ? message.method : 'result' in message ? 'answer' : 'message';
  const params = isRecord(message.params) ? message.params : {};
  const what = [params.name, params.uri].find((one) => typeof one === 'string');
  return {
    from: 'patchbay',
    label: what === undefined ? method : `${method} ${what}`,
    id: idOf(message),
    failed: method === 'notifications/cancelled',
  };
}

function received(message: Record<string, unknown>, status: number): Pick<TrafficLine, 'label' | 'id' | 'failed'> {
  const id = idOf(message);
  if (isRecord(message.error))
    return {
      label: `error ${String(message.error.code ?? '')}: ${String(message.error.message ?? '')}`,
      id,
      failed: true,
    };
  if (typeof message.method === 'string') return { label: message.method, id, failed: false };
  const result = isRecord(message.result) ? message.result : null;
  if (!result) return { label: status >= 400 ? `HTTP ${status}` : 'message', id, failed: status >= 400 };
  if (result.isError === true) return { label: 'result, isError', id, failed: true };
  const lists = (['tools', 'resources', 'resourceTemplates', 'prompts'] as const)
    .filter((name) => Array.isArray(result[name]))
    .map((name) => `${(result[name] as unknown[]).length} ${listWords[name]}`);
  return { label: ['result', ...lists].join(', '), id, failed: false };
}

const listWords = {
  tools: 'tools',
  resources: 'resources',
  resourceTemplates: 'templates',
  prompts: 'prompts',
} as const;

const idOf = (message: Record<string, unknown>): string | null =>
  typeof message.id === 'string' || typeof message.id === 'number' ? String(message.id) : null;

/** The JSON-RPC messages in a body: one, a batch, or those of an event stream. Empty when there are none. */
export function messagesIn(body: string): Record<string, unknown>[] {
  const whole = parsed(body);
  if (whole.length > 0) return whole;
  return body
    .split(/\r?\n\r?\n/)
    .flatMap((event) => parsed(event.replace(/^(?:(?!data:).*\n?)+/gm, '').replace(/^data: ?/gm, '')));
}

function parsed(text: string): Record<string, unknown>[] {
  if (!/^\s*[[{]/.test(text)) return [];
  try {
    const value: unknown = JSON.parse(text);
    return (Array.isArray(value) ? value : [value]).filter((one) => isRecord(one) && one.jsonrpc === '2.0');
  } catch {
    return []; // cut off, or not JSON
  }
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname + new URL(url).search : url;
}
