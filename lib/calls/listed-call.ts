import type { z } from 'zod';
import { callSchema } from '#src/lib/calls/call.ts';
import { foundMomentSchema } from '#src/lib/calls/found-moment.ts';

/** A call in a list; `moment` is where the searched words are, when words were searched. */
export const listedCallSchema = callSchema.extend({ moment: foundMomentSchema.nullable() });
export type ListedCall = z.infer<typeof listedCallSchema>;
