/**
 * A value from outside as the database can hold it: NUL and halves of surrogate pairs become U+FFFD. The value has to be JSON
 * that is not too deep to be written as text.
 */
export function storableJson<T>(value: T): T {
  const text = JSON.stringify(value);
  return badText.test(text) ? JSON.parse(text, (_key, inner) => cleaned(inner)) : value;
}

/** The same for a plain text. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}

/** NUL and halves of pairs, as JSON.stringify writes them: as escapes. A false alarm only costs a copy. */
const badText = /\\u(0000|d[89a-f])/i;

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storableText(key), inner]));
}
