import { z } from 'zod';

const textSchema = z.looseObject({ message: z.string().optional(), text: z.string().optional() });
const mostChars = 240;

/**
 * What a caller may hear of a server's webhook: its `message` or `text`, else a sentence made of the event's name. Without markup,
 * addresses and ids, and short; empty when nothing is left that can be said.
 */
export function noticeSentence(serverName: string, event: string, data: unknown): string {
  const parsed = textSchema.safeParse(data);
  const given = parsed.success ? (parsed.data.message ?? parsed.data.text ?? '') : '';
  const said = sayable(given);
  if (said) return said;
  const words = sayable(
    event
      .replace(/[._:/-]+/g, ' ')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase(),
  );
  return words ? `${sayable(serverName) || 'A server'} says: ${words}.` : '';
}

function sayable(text: string): string {
  const plain = text
    .replace(/https?:\/\/\S+/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    // Ids: a word with both letters and digits that is long or has a separator in it, and anything like a UUID.
    .replace(/\b[0-9a-f]{8}-[0-9a-f-]{20,}\b/gi, ' ')
    .replace(/\S*_\S*\d\S*/g, ' ')
    .replace(/\b(?=\S*[a-z])(?=\S*\d)[a-z\d-]{8,}\b/gi, ' ')
    .replace(/[\p{C}*_`#{}[\]|\\<>]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,!?;:])/g, '$1')
    .trim();
  if (!/\p{L}/u.test(plain)) return '';
  if (plain.length <= mostChars) return plain;
  const cut = plain.slice(0, mostChars);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), mostChars / 2)).toWellFormed()}.`;
}
