import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

export const columns = ['date', 'caller', 'assistant', 'summary', 'duration'] as const;
export type Row = Record<(typeof columns)[number], string | number>;
export type SheetStore = ReturnType<typeof openSheetStore>;

/** A table in one file of comma-separated values (RFC 4180). Rows are written one after the other. */
export function openSheetStore(file: string) {
  let last: Promise<unknown> = Promise.resolve();
  /** After whatever is being written; an error of one does not stop the next. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work, work);
    last = done.catch(() => {});
    return done;
  };
  return {
    /** Writes a row, under a heading when it is the first; answers the number of rows. */
    append: (row: Row): Promise<number> =>
      inTurn(async () => {
        await mkdir(path.dirname(file), { recursive: true });
        const before = await readFile(file, 'utf8').catch(() => '');
        const record = line(columns.map((name) => row[name]));
        await appendFile(file, before === '' ? line(columns) + record : record, { mode: 0o600 });
        // Line breaks within a cell are spaces: each record is one line.
        return Math.max(1, before.split('\r\n').length - 1);
      }),
    reset: (): Promise<void> => inTurn(() => rm(file, { force: true })),
  };
}

const line = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\r\n`;

/** One cell, quoted. What a spreadsheet would take for a formula is made text by an apostrophe in front (OWASP, CSV injection). */
function cell(value: string | number): string {
  const text = String(value)
    .replace(/[\r\n\t\0]+/g, ' ')
    .trim();
  const plain = typeof value === 'string' && /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}
