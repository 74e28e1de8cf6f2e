/** Things in the order in which they came, found by their id; it knows which of them are new or others since someone asked. */
export function createPlaces<T>() {
  const things: T[] = [];
  const placeOf = new Map<string, number>();
  let touched = new Set<number>();
  return {
    /** Puts a thing at the end, or in the stead of the one with its id. */
    put(id: string, thing: T): void {
      const place = placeOf.get(id) ?? things.length;
      placeOf.set(id, place);
      things[place] = thing;
      touched.add(place);
    },
    /** The thing with an id, for whoever is about to change it. */
    change(id: string): T | undefined {
      const place = placeOf.get(id);
      if (place === undefined) return undefined;
      touched.add(place);
      return things[place];
    },
    /** Has those counted among the changed for which `test` holds. */
    touch(test: (thing: T) => boolean): void {
      for (const [place, thing] of things.entries()) if (test(thing)) touched.add(place);
    },
    /** What is new or another since this was asked last, by its place. */
    takeTouched(): [place: number, thing: T][] {
      const taken = [...touched].flatMap((place): [number, T][] => {
        const thing = things[place];
        return thing === undefined ? [] : [[place, thing]];
      });
      touched = new Set();
      return taken;
    },
  };
}
export type Places<T> = ReturnType<typeof createPlaces<T>>;
