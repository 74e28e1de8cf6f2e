import { sayDay, sayTime } from '#src/lib/rehearsal/date-words.ts';
import type { Slot, SlotValue } from '#src/lib/rehearsal/slot.ts';
import { identifierWords } from '#src/lib/rehearsal/words.ts';

/** A value as one says it: days, times and money in words, lists with "and". `key` helps to know what it is. */
export function sayValue(value: unknown, key = ''): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return sayNumber(value, key);
  if (Array.isArray(value))
    return listed(
      value.slice(0, 3).map((one) => sayValue(one, key)),
      value.length,
    );
  if (typeof value === 'object')
    return listed(
      Object.entries(value)
        .filter(([name]) => !isInner(name))
        .slice(0, 3)
        .map(([name, one]) => `${identifierWords(name)} ${sayValue(one, name)}`),
    );
  return sayText(String(value), key);
}

/** A slot's value in a sentence: `2 margherita`, `Friday the 21st of November`. */
export function saySlotValue(slot: Slot, value: SlotValue): string {
  if (slot.kind.type === 'choice' && !Array.isArray(value)) {
    return sayText(slot.kind.choices.find((choice) => choice.value === value)?.words ?? String(value), slot.label);
  }
  return sayValue(value, slot.label);
}

/** `a, b and c`; of a longer list it says how many more there are. */
export function listed(parts: readonly string[], total = parts.length): string {
  const more = total - parts.length;
  const all = more > 0 ? [...parts, `${more} more`] : parts;
  if (all.length <= 1) return all[0] ?? '';
  return `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** Keys for machines, which nobody wants to hear. */
export function isInner(key: string): boolean {
  return (
    /^_|(?:^|[_-])(?:id|ids|uuid|guid|hash|token|etag|cursor|url|uri|href|link|slug|meta|type|version)$|[a-z](?:Id|Ids|Url|Uri|Uuid)$/.test(
      key,
    ) ||
    key === 'id' ||
    key === '$schema'
  );
}

const currencies: [RegExp, string, string][] = [
  [/(?:^|[_ ])(?:eur|euros?)$/i, 'euro', 'cent'],
  [/(?:^|[_ ])(?:usd|dollars?)$/i, 'dollar', 'cent'],
  [/(?:^|[_ ])(?:gbp|pounds?)$/i, 'pound', 'pence'],
];

/** The currency that a key names, as in `total_eur`. */
export function currencyOf(key: string): string | null {
  return currencies.find(([pattern]) => pattern.test(identifierWords(key)))?.[1] ?? null;
}

function sayNumber(value: number, key: string): string {
  const currency = currencyOf(key);
  if (!currency) return Number.isInteger(value) ? String(value) : String(Math.round(value * 100) / 100);
  const whole = Math.trunc(value);
  const part = Math.round((value - whole) * 100);
  return `${whole} ${currency}${whole === 1 ? '' : 's'}${part > 0 ? ` ${part}` : ''}`;
}

function sayText(text: string, key: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return sayDay(text);
  const moment = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})/.exec(text);
  if (moment) return sayMoment(text, moment[1] ?? '', moment[2] ?? '');
  if (/^\d{1,2}:\d{2}(?::\d{2}Z?)?$/.test(text)) return sayTime(text.padStart(5, '0'));
  // A run of digits is no quantity: it is said digit by digit.
  if (/^\d{5,}$/.test(text)) return [...text].join(' ');
  const isWord = /^[a-z]+(?:[_-][a-z]+)+$/.test(text);
  return isWord && !/\b(?:id|code)\b/.test(key) ? text.replace(/[_-]+/g, ' ') : text;
}

function sayMoment(text: string, day: string, time: string): string {
  const moment = new Date(text);
  if (!/Z|[+-]\d{2}:?\d{2}$/.test(text) || Number.isNaN(moment.getTime())) return `${sayDay(day)} at ${sayTime(time)}`;
  const two = (value: number): string => String(value).padStart(2, '0');
  const local = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${sayDay(local)} at ${sayTime(`${two(moment.getHours())}:${two(moment.getMinutes())}`)}`;
}
