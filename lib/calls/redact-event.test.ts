import { expect, test } from 'vitest';
import { redactEvent, redactText } from '#src/lib/calls/redact-event.ts';

const all = ['card', 'email', 'phone'] as const;

test.each([
  ['my card is 4111 1111 1111 1111, thanks', 'my card is [card], thanks'],
  ['4111-1111-1111-1111', '[card]'],
  ['{"card":"378282246310005"}', '{"card":"[card]"}'],
  ['four one one one one one one one one one one one one one one one please', '[card] please'],
  ['write to ada.lovelace+pb@mail.example.com.', 'write to [email].'],
  ['it is ada dot lovelace at example dot co dot uk', 'it is [email]'],
  ['call +49 (151) 2345-6789 now', 'call [phone] now'],
  ['0151 23456789', '[phone]'],
  ['(555) 123-4567 or 555-123-4567 or 5551234567', '[phone] or [phone] or [phone]'],
  ['555-0142?', '[phone]?'],
  ['five five five, oh one double four two', '[phone]'],
])('takes private things out of words: %s [X6]', (text, expected) => {
  expect(redactText(text, all)).toBe(expected);
});

test.each([
  'Friday 2026-11-21 at 19:30 for 4',
  '2026-11-21T19:30:00.000Z',
  '21.11.2026 18:08',
  'order 12345678 costs 1,234,567.89',
  'ord_4111111111111111x',
  '550e8400-e29b-41d4-a716-446655440000',
  'two margheritas and one cola',
  '1750000000000',
  'look at the menu',
  'http://127.0.0.1:8080/mcp',
])('leaves what only looks like it: %s', (text) => {
  expect(redactText(text, all)).toBe(text);
});

test('only what the team chose goes, and only out of content', () => {
  const event = {
    id: 'evt_5551234567',
    at: 0,
    type: 'tool-started' as const,
    data: {
      serverId: '5551234567',
      serverName: 'CRM',
      tool: 'find',
      effect: 'read' as const,
      arguments: { phone: '5551234567', mail: ['a@b.example'], card: 4111111111111111, at: 1750000000 },
    },
  };
  expect(redactEvent(event, [])).toBe(event);
  expect(redactEvent(event, ['phone', 'card'])).toEqual({
    ...event,
    data: {
      ...event.data,
      arguments: { phone: '[phone]', mail: ['a@b.example'], card: '[card]', at: 1750000000 },
    },
  });
});

test('a number in which the agent was cut off is taken out of both parts', () => {
  const cut = redactEvent(
    {
      id: 'e',
      at: 0,
      type: 'agent-speech-interrupted',
      data: { speechId: 's', heard: 'You said 4111 1111', unheard: '1111 1111, right?' },
    },
    all,
  );
  expect(cut.data).toEqual({ speechId: 's', heard: 'You said [card]', unheard: '[card], right?' });
});

test('a long text takes no time, whatever it is made of', () => {
  for (const part of ['1.', 'a', '1 ', 'one ', 'a dot ', 'a at ', 'a@', '5551234567 ', '+1(', '0 ']) {
    const began = performance.now();
    redactText(part.repeat(20_000), all);
    expect(performance.now() - began, part).toBeLessThan(1_500);
  }
});
