'use server';
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { AppError } from '#src/lib/app-error.ts';
import { type Provider, type ProviderInput, providerInputSchema } from '#src/lib/providers/provider.ts';
import { checkProvider } from '#src/server/models/check-provider.ts';
import { createProvider, deleteProvider, revealProvider, updateProvider } from '#src/server/providers/providers.ts';
import { requireMember } from '#src/server/teams/session.ts';

const checkSchema = z.object({
  providerId: z.string(),
  part: z.enum(['hearing', 'thinking', 'speaking']),
  model: z.string().trim().min(1, 'Name the model.').max(200),
  voice: z.string().trim().max(200).optional(),
});

/** Adds a provider, or changes the one of this id. */
export async function saveProviderAction(id: string | null, input: ProviderInput): Promise<ActionResult<Provider>> {
  return runAction(async () => {
    const { teamId } = await requireMember('provider:write');
    const parsed = providerInputSchema.parse(input);
    const saved = id === null ? await createProvider(teamId, parsed) : await updateProvider(teamId, id, parsed);
    revalidatePath('/settings');
    return saved;
  });
}

export async function deleteProviderAction(id: string): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId } = await requireMember('provider:write');
    await deleteProvider(teamId, id);
    revalidatePath('/settings');
    return null;
  });
}

/** Asks the provider for something tiny, to tell whether this step of a call would work. */
export async function checkProviderAction(input: z.input<typeof checkSchema>): Promise<ActionResult<{ ms: number }>> {
  return runAction(async () => {
    const { teamId } = await requireMember('provider:read');
    const { providerId, ...step } = checkSchema.parse(input);
    const { baseUrl, key } = await revealProvider(teamId, providerId);
    const checked = await checkProvider({ baseUrl, key, ...step });
    if (checked.error) throw new AppError(checked.error.code, checked.error.message, { hint: checked.error.hint });
    return { ms: checked.ms };
  });
}
