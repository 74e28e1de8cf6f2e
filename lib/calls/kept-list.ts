/** A list that grows in place until it is handed out, and as a copy after that: whoever holds it sees nothing move. */
export function createKeptList<T>() {
  let list: T[] = [];
  let given = false;
  return {
    /** Puts a thing at a place, or at the end. */
    set(place: number, thing: T): void {
      if (given) list = list.slice();
      given = false;
      list[place] = thing;
    },
    at: (place: number): T | undefined => list[place],
    count: (): number => list.length,
    /** The list as it is; the same one as before while nothing was put into it. */
    get(): T[] {
      given = true;
      return list;
    },
  };
}
