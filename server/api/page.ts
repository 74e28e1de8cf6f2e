import { z } from 'zod';

/** What every list answers with; `next` goes into the query of the following page, null at the end. */
export const pageSchema = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.union([z.string(), z.number()]).nullable() });
