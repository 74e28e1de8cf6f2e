import { contentFields } from '#src/lib/calls/call-content.ts';
import { type CallEventType, type NewCallEvent, parseEventData } from '#src/lib/calls/call-event.ts';
import { findPrivate, isCard, type PrivateSpan } from '#src/lib/calls/find-private.ts';
import type { PrivateKind } from '#src/lib/teams/team-settings.ts';

/** Takes these kinds out of the content of an event; names, ids and times are left. The event itself when there is nothing to do. */
export function redactEvent<E extends NewCallEvent>(event: E, kinds: readonly PrivateKind[]): E {
  if (kinds.length === 0) return event;
  if (!contentFields(event.type).some((field) => field in event.data)) return event;
  return { ...event, data: parseEventData(event.type, redactData(event.type, event.data, kinds)) };
}

/** The same for the data of an event alone. */
export function redactData(type: CallEventType, given: object, kinds: readonly PrivateKind[]): Record<string, unknown> {
  const data: Record<string, unknown> = { ...given };
  for (const field of contentFields(type)) if (field in data) data[field] = redactValue(data[field], kinds);
  if (type === 'agent-speech-interrupted') Object.assign(data, redactCut(parseEventData(type, given), kinds));
  return data;
}

/** A text without these kinds: `[card]`, `[email]` or `[phone]` stands in their place. */
export function redactText(text: string, kinds: readonly PrivateKind[]): string {
  return withMarks(text, findPrivate(text, kinds));
}

function redactValue(value: unknown, kinds: readonly PrivateKind[]): unknown {
  if (typeof value === 'string') return redactText(value, kinds);
  if (typeof value === 'number') return kinds.includes('card') && isCard(String(value)) ? '[card]' : value;
  if (Array.isArray(value)) return value.map((one) => redactValue(one, kinds));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [redactText(key, kinds), redactValue(one, kinds)]),
  );
}

/** A number that the agent was cut off in is in two parts, and neither looks like one. */
function redactCut({ heard, unheard }: { heard: string; unheard: string }, kinds: readonly PrivateKind[]) {
  const border = heard.length + 1;
  const spans = findPrivate(`${heard} ${unheard}`, kinds);
  const before = spans.flatMap((span) =>
    span.from < heard.length ? [{ ...span, to: Math.min(span.to, heard.length) }] : [],
  );
  const after = spans.flatMap((span) =>
    span.to > border ? [{ ...span, from: Math.max(span.from, border) - border, to: span.to - border }] : [],
  );
  return { heard: withMarks(heard, before), unheard: withMarks(unheard, after) };
}

function withMarks(text: string, spans: readonly PrivateSpan[]): string {
  let from = 0;
  const parts = spans.map((span) => {
    const before = text.slice(from, span.from);
    from = span.to;
    return `${before}[${span.kind}]`;
  });
  return parts.join('') + text.slice(from);
}
