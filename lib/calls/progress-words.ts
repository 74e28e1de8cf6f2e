import { visibleText } from '#src/lib/visible-text.ts';

/** `3 of 10, reading pages`: how far a server says it is. */
export function progressWords(told: { progress: number; total: number | null; message: string | null }): string {
  const far =
    told.total === null ? String(rounded(told.progress)) : `${rounded(told.progress)} of ${rounded(told.total)}`;
  return told.message ? `${far}, ${visibleText(told.message)}` : far;
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
