import { z } from 'zod';
import { erasedText } from '#src/lib/calls/call-content-kind.ts';

/** The least that a schema takes, for an event of which nothing is known any more but that it happened. */
export function emptyData(schema: unknown): unknown {
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(
      Object.entries(schema.shape).flatMap(([name, field]) =>
        field instanceof z.ZodOptional ? [] : [[name, emptyData(field)]],
      ),
    );
  if (schema instanceof z.ZodString) return erasedText;
  if (schema instanceof z.ZodNumber) return 0;
  if (schema instanceof z.ZodBoolean) return false;
  if (schema instanceof z.ZodArray) return [];
  if (schema instanceof z.ZodRecord) return {};
  if (schema instanceof z.ZodEnum) return schema.options[0];
  return null;
}
