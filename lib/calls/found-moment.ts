import { z } from 'zod';

/** Where in a call the searched words are; `parts` are the text round them, `marked` the words themselves. */
export const foundMomentSchema = z.object({
  kind: z.enum(['caller', 'agent', 'tool']),
  /** ms from t = 0; null when it is not known. */
  at: z.number().nullable(),
  /** What to choose on the page of the call. */
  item: z.string(),
  parts: z.array(z.object({ text: z.string(), marked: z.boolean() })),
});
export type FoundMoment = z.infer<typeof foundMomentSchema>;

/** Control characters, which no stored text has: whatever people or servers say, it is never taken for a mark. */
export const markStart = '\u0001';
export const markEnd = '\u0002';

/** Splits a text with marks into its parts. */
export function markedParts(text: string): FoundMoment['parts'] {
  return text
    .split(markStart)
    .flatMap((piece, i) => {
      const [inside = '', after = ''] = i === 0 ? ['', piece] : piece.split(markEnd);
      return [
        { text: inside, marked: true },
        { text: after, marked: false },
      ];
    })
    .filter((part) => part.text !== '');
}

/** The address of a moment of a call. */
export function momentHref(callId: string, moment: Pick<FoundMoment, 'at' | 'item'>): string {
  const query = new URLSearchParams({
    ...(moment.at === null ? {} : { t: (Math.max(0, moment.at) / 1000).toFixed(1) }),
    item: moment.item,
  });
  return `/calls/${callId}?${query}`;
}
