import { z } from 'zod';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type PlacedCall, placedCallSchema } from '#src/lib/calls/call.ts';

const problemSchema = z.object({ code: z.string(), title: z.string(), hint: z.string().optional() });

/** Places a call with the draft of an assistant. Never throws. */
export async function placeTestCall(assistantId: string): Promise<ActionResult<PlacedCall>> {
  try {
    const response = await fetch(`/api/assistants/${encodeURIComponent(assistantId)}/test-call`, { method: 'POST' });
    const body: unknown = await response.json();
    if (response.ok) return { ok: true, value: placedCallSchema.parse(body) };
    const { code, title, hint } = problemSchema.parse(body);
    return { ok: false, problem: { code, message: title, hint } };
  } catch (error) {
    return {
      ok: false,
      problem: {
        code: 'not-placed',
        message: 'The call could not be placed.',
        hint: 'Patchbay did not answer. Try again in a moment.',
        raw: String(error),
      },
    };
  }
}
