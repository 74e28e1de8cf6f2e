/** `checkInventory_v2` as words: `check inventory v2`. */
export function wordsOf(name: string): string {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

const readers =
  'check count describe diff download export fetch find get head inspect list load lookup look log peek preview query read resolve retrieve scan search show stat status summarize tail validate verify view'.split(
    ' ',
  );
const writers =
  'add append apply archive assign book cancel change charge checkout clear close commit confirm copy create delete disable drop edit enable execute init insert install merge move order patch pay place post publish pull push put record rebase refund register remove rename replace reset restore revoke run save schedule send set start stop submit sync tag toggle transfer trigger update upload upsert write'.split(
    ' ',
  );
const readVerbs = new Set(readers);
const writeVerbs = new Set(writers);

/** What a name says about the effect, by the first verb in it; null when it has none that is known. */
export function effectOfName(name: string): 'read' | 'write' | null {
  for (const word of wordsOf(name).split(' ')) {
    if (readVerbs.has(word)) return 'read';
    if (writeVerbs.has(word)) return 'write';
  }
  return null;
}

/** True for a word that names something to do. */
export const isVerb = (word: string): boolean => readVerbs.has(word) || writeVerbs.has(word);

/** `3 tools`, `1 tool`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** A few of many, to be read: `a, b and 3 more`. */
export function someOf(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map((name) => name.slice(0, 40));
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest.toLocaleString('en')} more` : shown.join(', ');
}
