'use server';
import { revalidatePath } from 'next/cache';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type RecordingSettings, recordingSettingsSchema } from '#src/lib/teams/team-settings.ts';
import { requireMember } from '#src/server/teams/session.ts';
import { saveTeamSettings } from '#src/server/teams/team-settings.ts';

export async function saveRecordingSettingsAction(settings: RecordingSettings): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId } = await requireMember('team:settings');
    await saveTeamSettings(teamId, recordingSettingsSchema.parse(settings));
    revalidatePath('/settings');
    return null;
  });
}
