import type { CallItem } from '#src/lib/calls/call-item.ts';

type Entry = { at: number; rank: number; place: number; item: CallItem };

/** At one moment remarks stand before what was said, and that before what ran; then what came first. */
const ranks = ['note', 'caller', 'agent', 'tool'] as const;
/** More than this is sorted at once. */
const mostInserted = 50;

/** All items of a call in the order of the clock. `place` is an item's number among its kind. */
export function createItemOrder() {
  const sorted: Entry[] = [];
  const known = new Map<CallItem['kind'], Entry[]>(ranks.map((kind) => [kind, []]));
  let added: Entry[] = [];
  let items: CallItem[] | null = [];

  return {
    /** Puts an item in, or in the stead of the one that had its place. */
    set(place: number, item: CallItem): void {
      items = null;
      const kin = known.get(item.kind);
      const entry = kin?.[place];
      const at = item.at ?? Number.NEGATIVE_INFINITY;
      if (entry && entry.at === at) {
        entry.item = item;
        return;
      }
      if (entry) {
        // It began anew.
        const among = added.includes(entry) ? added : sorted;
        among.splice(among.indexOf(entry), 1);
      }
      const next = { at, rank: ranks.indexOf(item.kind), place, item };
      if (kin) kin[place] = next;
      added.push(next);
    },
    /** The items in their order; the same list as before while nothing was put in. */
    get(): CallItem[] {
      if (items) return items;
      if (added.length > mostInserted) {
        for (const entry of added) sorted.push(entry);
        sorted.sort(compare);
      } else for (const entry of added) insert(sorted, entry);
      added = [];
      items = sorted.map(({ item }) => item);
      return items;
    },
  };
}

/** What is new belongs near the end. */
function insert(sorted: Entry[], entry: Entry): void {
  let place = sorted.length;
  for (let last = sorted[place - 1]; last && compare(last, entry) > 0; last = sorted[place - 1]) place--;
  sorted.splice(place, 0, entry);
}

function compare(one: Entry, other: Entry): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  return one.rank - other.rank || one.place - other.place;
}
