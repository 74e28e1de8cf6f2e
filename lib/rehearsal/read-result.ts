import { currencyOf, isInner, listed, sayValue } from '#src/lib/rehearsal/say-value.ts';
import { identifierWords, stem, wordsOf } from '#src/lib/rehearsal/words.ts';

export type ResultContext = {
  effect: 'read' | 'write';
  /** What was asked with, by parameter name. */
  arguments: Record<string, unknown>;
  /** How the caller named things: value to words, `margherita` to `margherita pizzas`. */
  phrases: ReadonlyMap<string, string>;
  /** Said when the tool failed and left no sentence of its own. */
  safeSentence: string;
};

/** Reads a tool's answer aloud: counts first, lists cut to three, never JSON, no ids unless there is nothing else. */
export function readResult(text: string, context: ResultContext): string {
  const value = parse(text);
  if (value === undefined) return plainText(text, context);
  const error = asObject(asObject(value).error);
  if (Object.keys(error).length > 0) return typeof error.say === 'string' ? error.say : context.safeSentence;
  const said = aloud(value, context);
  if (context.effect === 'write') return said ? `Done. ${said}` : 'Done.';
  return said || 'I found nothing.';
}

/** True for an answer that says the tool failed. */
export function isFailure(text: string): boolean {
  return Object.keys(asObject(asObject(parse(text)).error)).length > 0;
}

function aloud(value: unknown, context: ResultContext): string {
  if (Array.isArray(value)) return list(value, 'result');
  if (typeof value !== 'object' || value === null) return value === null ? '' : sentence(sayValue(value));
  const fields = unwrap(asObject(value));
  const lists = Object.entries(fields).filter(([, one]) => Array.isArray(one));
  const [onlyList] = lists;
  if (onlyList && Array.isArray(onlyList[1])) {
    const others = Object.fromEntries(Object.entries(fields).filter(([key]) => key !== onlyList[0] && !isCount(key)));
    return [list(onlyList[1], onlyList[0]), record(others, context)].filter(Boolean).join(' ');
  }
  return record(fields, context);
}

/** `{result: {…}}` and the like hold one thing: what is inside counts. */
function unwrap(fields: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(fields).filter(([key]) => !isInner(key));
  const [only] = entries;
  const inner = only ? asObject(only[1]) : {};
  return entries.length === 1 && Object.keys(inner).length > 0 ? unwrap(inner) : fields;
}

function record(fields: Record<string, unknown>, context: ResultContext): string {
  const known = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const spoken = known.filter(([key, value]) => !isInner(key) && !isMachine(value));
  // What was read back before a write need not be said again.
  const told = new Set(
    context.effect === 'write' ? Object.values(context.arguments).map((one) => String(one).toLowerCase()) : [],
  );
  const fresh = spoken.filter(([, value]) => !told.has(String(value).toLowerCase()));
  const entries = fresh.length > 0 ? fresh : spoken.length > 0 ? spoken : known.slice(0, 2);
  const name = entries.find(([key, value]) => typeof value === 'string' && isName(key, value, context));
  const count = entries.find(([key, value]) => typeof value === 'number' && isCount(key) && currencyOf(key) === null);
  const first = count && name && context.effect === 'read' ? counted(count, name, context) : null;
  const rest = entries.filter((entry) => !first || (entry !== name && entry !== count));
  const kept = context.effect === 'write' ? mostWanted(rest) : rest.slice(0, first ? 3 : 6);
  const parts = kept.map(([key, value]) => spokenField(key, value));
  return [first, parts.length > 0 ? sentence(parts.join(', ')) : null].filter(Boolean).join(' ');
}

/** Of a write the reference, the state, the time and the price, in the order in which they came. */
function mostWanted(entries: [string, unknown][]): [string, unknown][] {
  const rank = (key: string): number => {
    const order = [
      /number|code|reference|confirmation/,
      /status|state/,
      /date|day|time|ready|when|eta/,
      /total|price|cost/,
    ];
    const at = order.findIndex((pattern) => pattern.test(key));
    return at < 0 ? order.length : at;
  };
  const wanted = [...entries].sort(([a], [b]) => rank(a) - rank(b)).slice(0, 4);
  return entries.filter((entry) => wanted.includes(entry));
}

/** `There are 7 margherita pizzas left.` */
function counted([key, value]: [string, unknown], [, name]: [string, unknown], { phrases }: ResultContext): string {
  const number = Number(value);
  const thing = phrases.get(String(name).toLowerCase()) ?? String(name);
  const left = /left|remain/.test(key)
    ? ' left'
    : /stock|inventory/.test(key)
      ? ' in stock'
      : /avail/.test(key)
        ? ' available'
        : '';
  const amount = number === 0 ? 'no' : String(number);
  return `There ${number === 1 ? 'is' : 'are'} ${amount} ${number === 1 ? singular(thing) : thing}${left}.`;
}

function list(values: readonly unknown[], key: string): string {
  const what = identifierWords(key).replace(/^(?:data|items|list|records|rows)$/, 'results');
  if (values.length === 0) return `There are no ${plural(what)}.`;
  const parts = values.slice(0, 3).map((value) => {
    if (typeof value !== 'object' || value === null) return sayValue(value, key);
    const entries = Object.entries(asObject(value)).filter(
      ([name, one]) => !isInner(name) && one !== null && one !== '' && !isMachine(one),
    );
    return entries
      .slice(0, 3)
      .map(([name, one], i) =>
        i === 0 || typeof one === 'string' || currencyOf(name)
          ? sayValue(one, name)
          : `${identifierWords(name)} ${sayValue(one, name)}`,
      )
      .join(', ');
  });
  const more = values.length - parts.length;
  const head = values.length === 1 ? `There is 1 ${singular(what)}` : `There are ${values.length} ${plural(what)}`;
  if (more > 0) return `${head}: ${parts.join('; ')}; and ${more} more.`;
  const isLong = parts.some((part) => part.includes(','));
  return `${head}: ${isLong ? [...parts.slice(0, -1), parts.length > 1 ? `and ${parts.at(-1)}` : parts[0]].join('; ') : listed(parts)}.`;
}

function spokenField(key: string, value: unknown): string {
  const currency = currencyOf(key);
  const label = currency ? identifierWords(key).replace(/ \w+$/, '') : identifierWords(key);
  if (typeof value === 'boolean') return `${label}: ${value ? 'yes' : 'no'}`;
  if (Array.isArray(value)) return value.length === 0 ? `no ${label}` : `${label}: ${sayValue(value, key)}`;
  if (typeof value === 'number' && !currency && /(?:people|[^s]s)$/.test(label))
    return `${value} ${value === 1 ? singular(label) : label}`;
  return `${label} ${sayValue(value, key)}`;
}

function isName(key: string, value: string, { arguments: args }: ResultContext): boolean {
  if (/^(?:name|title|item|product|label|subject|dish|thing)$/.test(identifierWords(key))) return true;
  return (
    !/\d/.test(value) &&
    Object.values(args).some((one) => typeof one === 'string' && one.toLowerCase() === value.toLowerCase())
  );
}

function isCount(key: string): boolean {
  return wordsOf(identifierWords(key)).some(({ stem: word }) => counts.has(word));
}

const counts = new Set(
  [
    'left',
    'remaining',
    'remain',
    'available',
    'stock',
    'inventory',
    'count',
    'quantity',
    'qty',
    'total',
    'amount',
    'number',
  ].map(stem),
);

/** Long hexadecimal, a UUID, an address: nothing to say. */
function isMachine(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    (/^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(value) ||
      /^[0-9a-f]{16,}$/i.test(value) ||
      /^[a-z][a-z0-9+.-]*:\/\//i.test(value))
  );
}

function plainText(text: string, context: ResultContext): string {
  const clean = text
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/https?:\/\/\S*[^\s.,;]/g, '')
    .replace(/[*_#`>|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,;!?])/g, '')
    .trim();
  if (!/[\p{L}\p{N}]/u.test(clean) || /^[{[]/.test(clean))
    return context.effect === 'write' ? 'Done.' : 'I found something, but cannot read it out.';
  const sentences = clean.match(/[^.!?]+(?:[.!?]+(?=\s|$)|$)/g) ?? [clean];
  const short = sentences.slice(0, 3).join(' ').replace(/\s+/g, ' ').trim().slice(0, 400);
  return sentence(short);
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
}

function plural(word: string): string {
  if (/s$/.test(word)) return word;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

function singular(word: string): string {
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:sh|ch|x|ss)es$/.test(word)) return word.slice(0, -2);
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

function parse(text: string): unknown {
  const trimmed = text.trim();
  if (!/^[[{"\d-]|^(?:true|false|null)$/.test(trimmed)) return undefined;
  // What comes beside a structure, such as a picture, stands on lines of its own below it.
  for (const json of [trimmed, trimmed.split('\n', 1)[0] ?? ''])
    try {
      return JSON.parse(json);
    } catch {
      // no JSON, or not alone
    }
  return undefined;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
