import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { state } from '#src/e2e/harness/state.ts';
import { assistantSchema } from '#src/lib/assistants/assistant-config.ts';
import { callSchema, placedCallSchema } from '#src/lib/calls/call.ts';
import { type CallEvent, parseCallEvent } from '#src/lib/calls/call-event.ts';
import { transcriptSchema } from '#src/lib/calls/transcript.ts';
import { mcpServerSchema } from '#src/lib/mcp/mcp-server.ts';

/** One request of the REST interface; throws with the problem's text when it is refused. */
export async function api(method: string, path: string, body?: unknown, token = state().token): Promise<unknown> {
  const response = await fetch(`${state().url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

const list = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

export const assistants = async () => list(assistantSchema).parse(await api('GET', '/assistants')).items;
export const servers = async () => list(mcpServerSchema).parse(await api('GET', '/mcp-servers')).items;
export const call = async (id: string) => callSchema.parse(await api('GET', `/calls/${id}`));
export const transcript = async (id: string) =>
  transcriptSchema.parse(await api('GET', `/calls/${id}/transcript`)).items;

/** The demo assistant. */
export async function luigi() {
  const found = (await assistants()).find((assistant) => assistant.name === 'Luigi');
  if (!found) throw new Error('there is no Luigi');
  return found;
}

/** Places a call that a synthetic caller speaks on, or one to be joined. */
export async function place(o: { assistantId: string; say?: string[]; version?: number }) {
  return placedCallSchema.parse(await api('POST', '/calls', o));
}

/** The whole log of a call. */
export async function events(id: string): Promise<CallEvent[]> {
  return z
    .object({ items: z.array(z.unknown()) })
    .parse(await api('GET', `/calls/${id}/events?limit=1000`))
    .items.map(parseCallEvent);
}

/** Waits until the log of a call satisfies `condition`, and answers with it. Requests that fail meanwhile are asked again. */
export async function eventually(
  id: string,
  condition: (log: CallEvent[]) => boolean,
  limitMs = 45_000,
): Promise<CallEvent[]> {
  const until = Date.now() + limitMs;
  let log: CallEvent[] = [];
  for (;;) {
    log = await events(id).catch(() => log);
    if (condition(log)) return log;
    if (Date.now() > until)
      throw new Error(
        `the call did not get there: ${log.map((event) => `${event.at} ${event.type} ${JSON.stringify(event.data)}`).join('\n')}`,
      );
    await sleep(100);
  }
}

/** Waits for the end of a call. */
export const ended = (id: string, limitMs = 90_000) => eventually(id, (log) => log.some(isEnd), limitMs);

export const isEnd = (event: CallEvent): boolean => event.type === 'call-ended' || event.type === 'call-failed';

/** The events of one kind. */
export function ofType<T extends CallEvent['type']>(log: CallEvent[], type: T): Extract<CallEvent, { type: T }>[] {
  return log.filter((event): event is Extract<CallEvent, { type: T }> => event.type === type);
}
