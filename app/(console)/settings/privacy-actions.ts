'use server';
import { revalidatePath } from 'next/cache';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type PrivacySettings, privacySettingsSchema } from '#src/lib/teams/team-settings.ts';
import { requireMember } from '#src/server/teams/session.ts';
import { saveTeamSettings } from '#src/server/teams/team-settings.ts';

export async function savePrivacySettingsAction(settings: PrivacySettings): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId } = await requireMember('team:settings');
    await saveTeamSettings(teamId, privacySettingsSchema.parse(settings));
    revalidatePath('/settings');
    return null;
  });
}
