import type { ToolCall } from '#src/lib/calls/call-item.ts';
import { declinedWords } from '#src/lib/calls/declined-words.ts';

const longest = 60;

/** `margherita, 2 → left 7`: a tool call on one line, from whatever the tool takes and answers. */
export function toolSummary(call: ToolCall): string {
  const asked = scalars(call.arguments)
    .map(([, value]) => value)
    .join(', ');
  const got = outcome(call);
  return [shorten(asked), shorten(got)].filter(Boolean).join(' → ');
}

function outcome(call: ToolCall): string {
  if (call.state === 'waiting') return call.waiting?.note ?? '';
  if (call.declined) return declinedWords(call.declined);
  if (call.failure) return call.failure.message;
  if (call.state !== 'succeeded') return '';
  const result = call.structured ?? parsed(call.answer);
  if (result === undefined) return call.answer ?? '';
  const found = scalars(result).map(([name, value]) => (name ? `${name} ${value}` : value));
  return found.slice(0, 3).join(', ');
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The plain values of a payload, outermost first, with the name each stands under. */
function scalars(value: unknown, name = '', depth = 0): [string, string][] {
  if (value === null || value === undefined || depth > 3) return [];
  if (typeof value !== 'object') return [[name, String(value)]];
  const entries = Array.isArray(value)
    ? value.slice(0, 3).map((one): [string, unknown] => [name, one])
    : Object.entries(value);
  const plain = entries.filter(([, one]) => typeof one !== 'object');
  const nested = entries.filter(([, one]) => typeof one === 'object');
  return [...plain, ...nested].flatMap(([key, one]) => scalars(one, key, depth + 1)).slice(0, 6);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
