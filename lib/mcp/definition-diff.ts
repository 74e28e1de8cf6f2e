import { diffArrays } from 'diff';
import { z } from 'zod';
import { visibleText } from '#src/lib/visible-text.ts';

export const diffLineSchema = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });
export type DiffLine = z.infer<typeof diffLineSchema>;

/** Past these a comparison is no longer one that a person reads, and could hold the process. */
const mostLines = 2_000;
const mostWorkMs = 200;
const longLine = 160;
/** Lines that are kept round what changed. */
const context = 200;

/**
 * The lines in which two definitions differ, on JSON with sorted keys; long texts are broken into several lines. Marks that
 * hide or turn text are written out, so that a person sees what a model would read. Of what changed, the first 2,000
 * lines are shown; where there is more, a line says so.
 */
export function diffDefinitions(before: unknown, after: unknown): DiffLine[] {
  const old = linesOf(before);
  const now = linesOf(after);
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const removed = old.slice(head, old.length - tail);
  const added = now.slice(head, now.length - tail);
  return [
    ...same(now.slice(Math.max(0, head - context), head)),
    ...compare(removed.slice(0, mostLines), added.slice(0, mostLines)),
    ...(removed.length > mostLines || added.length > mostLines ? [more] : []),
    ...same(now.slice(now.length - tail, now.length - tail + context)),
  ];
}

const more: DiffLine = {
  kind: 'added',
  text: '[and more than fits here: read the raw definition before you approve it]',
};

function compare(before: string[], after: string[]): DiffLine[] {
  const changes = diffArrays(before, after, { timeout: mostWorkMs }) ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ];
  return changes.flatMap(({ value, added, removed }) =>
    value.map((text) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text }) satisfies DiffLine),
  );
}

const same = (lines: string[]): DiffLine[] => lines.map((text) => ({ kind: 'same', text }));

function linesOf(definition: unknown): string[] {
  return visibleText(JSON.stringify(sorted(definition), null, 2) ?? 'null')
    .split('\n')
    .flatMap(broken);
}

/** A long line in pieces: after a line break inside a text, after a sentence, else after a word. */
function broken(line: string): string[] {
  if (line.length <= longLine) return [line];
  const indent = `${/^ */.exec(line)?.[0] ?? ''}  `.slice(0, 40);
  const pieces = line.split(/(?<=\\n)|(?<=[.!?] )/).flatMap((piece) => piece.match(/.{1,160}(?:\s|$)|.{1,160}/g) ?? []);
  return pieces.map((piece, at) => (at === 0 ? piece : `${indent}${piece}`));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
