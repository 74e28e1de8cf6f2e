/** One word of what somebody said, as written and as compared. */
export type Word = { /** Lower case. */ text: string /** As typed. */; raw: string; stem: string };

/** The words of a text; numbers, clock times and codes such as `A-2047` stay whole. */
export function wordsOf(text: string): Word[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[’`]/g, "'")
    .replace(/\b([ap])\.\s?m\b\.?/gi, '$1m');
  const found = plain.match(/\d+(?:[.:,-]\d+)+|[a-z0-9]+(?:['-][a-z0-9]+)*/gi) ?? [];
  return found.map((raw) => ({ text: raw.toLowerCase(), raw, stem: stem(raw.toLowerCase()) }));
}

/** The words of an identifier: `pickup_name`, `orderId` and `get-menu` are two words each. */
export function identifierWords(identifier: string): string {
  return identifier
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** Cuts English endings: enough for `orders`, `booked` and `checking` to meet `order`, `book` and `check`. */
export function stem(word: string): string {
  let base = word.replace(/'s$/, '').replaceAll("'", '');
  if (base.length > 4 && base.endsWith('ies')) return `${base.slice(0, -3)}y`;
  if (base.length > 4 && /(?:s|x|z|ch|sh)es$/.test(base)) base = base.slice(0, -2);
  else if (base.length > 3 && base.endsWith('s') && !/(?:ss|us|is)$/.test(base)) base = base.slice(0, -1);
  if (base.length > 5 && base.endsWith('ing')) base = base.slice(0, -3);
  else if (base.length > 4 && base.endsWith('ed')) base = base.slice(0, -2);
  return base.length > 4 && base.endsWith('e') ? base.slice(0, -1) : base;
}

/** Words that say nothing about what is wanted. */
export function isFiller(word: Word): boolean {
  return fillers.has(word.text);
}

/** What a word means among plain English words for the same thing; the stem itself when it has no group. */
export function conceptOf(word: Word): string {
  return concepts.get(word.stem) ?? word.stem;
}

const fillers = new Set(
  (
    'a an the of for to in on at by with from as is am are was be been do does did i you we it its he she they me my your our their us him her ' +
    'this that these those there here and or so but if then than please can could would will should may might must shall like want wants need ' +
    "have has had got get let lets just also too very really now ok okay well hey hi hello um uh er ah oh yeah i'd i'll i'm i've you're it's " +
    "that's there's what's let's don't some any all one ones thing things something anything going go about into up out off over again actually maybe " +
    'thanks thank sir madam which what who whom whose when where why how that'
  ).split(' '),
);

/** Plain English, no trade's words: each line is one meaning. */
const concepts = new Map(
  [
    'check verify inspect',
    'find search look lookup list show fetch read query browse see get tell give retrieve',
    'stock inventory left available availability remaining remain supply',
    'create add new make insert register',
    'place submit send',
    'order buy purchase',
    'book reserve reservation booking appointment',
    'cancel delete remove drop void erase undo',
    'update change edit modify alter amend adjust set',
    'move reschedul postpone shift',
    'price cost charge fee rate',
    'customer client guest caller account user',
    'status state progress track',
    'people person party',
    'menu card offer',
    'open opening hours',
    'free open vacant',
    'slot opening',
    'message mail email text notify',
    'note remark comment',
    'weather forecast',
    'call phone telephone ring',
    'quantity amount count many',
  ].flatMap((line) => {
    const words = line.split(' ').map(stem);
    return words.map((word): [string, string] => [word, `~${words[0]}`]);
  }),
);
