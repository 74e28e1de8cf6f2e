import { timingSafeEqual } from 'node:crypto';
import { AppError } from '#src/lib/app-error.ts';
import { type HookBody, hookBodySchema, hookSentAt } from '#src/lib/mcp/hook-event.ts';
import { tooDeep } from '#src/server/mcp/too-deep.ts';
import { webhookSignature } from '#src/server/notices/deliver-webhook.ts';

const mostBytes = 64 * 1024;
const mostDepth = 32;
const clocksApartMs = 5 * 60_000;

/** The body of a hook as it was sent: the signature is over these bytes. Throws `too-large` beyond 64 KB. */
export async function readHookBody(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > mostBytes) {
      await reader?.cancel();
      throw new AppError('too-large', 'The body is larger than 64 KB.', { status: 413, hint: 'Send less.' });
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Checks that a hook was signed with this key, within five minutes of now: `v1=` and HMAC-SHA256 in hex over `timestamp.body`.
 * Throws `bad-signature`, `timestamp-refused`, or what is wrong with a signed body.
 */
export function checkHook(o: { body: string; signature: string | null; key: string; now: Date }): HookBody {
  const sent = parsed(o.body);
  const timestamp = hookBodySchema.shape.timestamp.safeParse(sent.timestamp);
  if (!timestamp.success || !sameText(o.signature ?? '', `v1=${webhookSignature(o.key, timestamp.data, o.body)}`))
    throw new AppError('bad-signature', 'The signature does not fit.', {
      status: 401,
      hint: 'Send X-Patchbay-Signature: v1= and HMAC-SHA256 in hex over the timestamp, a full stop and the body.',
    });
  if (Math.abs(o.now.getTime() - hookSentAt(timestamp.data)) > clocksApartMs)
    throw new AppError('timestamp-refused', 'The timestamp is more than five minutes away from now.', {
      status: 401,
      hint: 'Sign each request when it is sent, and set the clock.',
    });
  return hookBodySchema.parse(sent);
}

function parsed(body: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw notJson();
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || tooDeep(value, mostDepth)) throw notJson();
  return { ...value };
}

const notJson = () =>
  new AppError('invalid-json', 'The body is not a JSON object of at most 32 levels.', {
    hint: 'Send {event, data, timestamp}.',
  });

function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
