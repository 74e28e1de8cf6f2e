export type SearchParams = { [name: string]: string | string[] | undefined };

/** The moment of a call that an address leads to: `t` in seconds, and the `item` that is looked at. */
export function momentOf({ t, item }: SearchParams): { atMs: number | null; item: string | null } {
  const seconds = typeof t === 'string' ? Number(t) : Number.NaN;
  return {
    atMs: Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : null,
    item: typeof item === 'string' ? item : null,
  };
}
