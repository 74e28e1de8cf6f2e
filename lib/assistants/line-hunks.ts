/** A run of lines that differs: `a.slice(aFrom, aTo)` became `b.slice(bFrom, bTo)`. */
export type LineHunk = { aFrom: number; aTo: number; bFrom: number; bTo: number };

/** The differences between two lists of lines, by their longest common subsequence. Meant for some hundred lines. */
export function lineHunks(a: readonly string[], b: readonly string[]): LineHunk[] {
  const lengths = commonLengths(a, b);
  const hunks: LineHunk[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
      continue;
    }
    const hunk = { aFrom: i, aTo: i, bFrom: j, bTo: j };
    while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
      const down = lengths[i + 1]?.[j] ?? -1;
      const right = lengths[i]?.[j + 1] ?? -1;
      if (j >= b.length || (i < a.length && down >= right)) i++;
      else j++;
    }
    hunk.aTo = i;
    hunk.bTo = j;
    hunks.push(hunk);
  }
  return hunks;
}

function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const rows = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    const row = rows[i] ?? [];
    const below = rows[i + 1] ?? [];
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}
