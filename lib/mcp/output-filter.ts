import { z } from 'zod';

export const redactions = ['card', 'email', 'phone'] as const;
export type Redaction = (typeof redactions)[number];

const shortText = z.string().min(1).max(500);

/** What is left of a tool's answer before the model, the log and the page get it. Steps in the order of the fields. */
export const outputFilterSchema = z.strictObject({
  /** Only these fields of a JSON answer, such as `total` or `items[].name`. Plain text has no fields and stays. */
  fields: z.array(shortText).max(50).optional(),
  /** Runs of white space become one. */
  trim: z.boolean().optional(),
  redact: z.array(z.enum(redactions)).max(redactions.length).optional(),
  /** Regular expressions of the operator: what fits is taken out. */
  patterns: z.array(shortText.refine(isPattern, 'This is not a regular expression.')).max(20).optional(),
  /** The answer is cut at a word after this many characters. */
  maxChars: z.number().int().min(1).max(100_000).optional(),
});
export type OutputFilter = z.infer<typeof outputFilterSchema>;

/** Reads the filter of a policy: JSON text, or null for none. Throws a ZodError or SyntaxError. */
export function readOutputFilter(text: string | null): OutputFilter {
  return text === null ? {} : outputFilterSchema.parse(JSON.parse(text));
}

/** The filter as a policy keeps it; null when it does nothing. */
export function writeOutputFilter(filter: OutputFilter): string | null {
  const kept = Object.entries(filter).filter(
    ([, value]) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return kept.length === 0 ? null : JSON.stringify(Object.fromEntries(kept));
}

/** The text of a filter as it may be stored: one that can be read. */
export const outputFilterTextSchema = z
  .string()
  .max(20_000)
  .refine(isOutputFilter, 'This is not an output filter.')
  .nullable();

function isOutputFilter(text: string): boolean {
  try {
    readOutputFilter(text);
    return true;
  } catch {
    return false;
  }
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'gu') !== null;
  } catch {
    return false;
  }
}
