import { recordingSettingsSchema } from '#src/lib/teams/team-settings.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { readTeamSettings, saveTeamSettings } from '#src/server/teams/team-settings.ts';

export const teamSettingsEndpoints = [
  endpoint({
    method: 'GET',
    path: '/settings/recordings',
    summary: 'What callers are told of recordings, and how long these are kept.',
    action: 'team:settings',
    answer: recordingSettingsSchema,
    handle: async ({ actor }) => recordingSettingsSchema.parse(await readTeamSettings(actor.teamId)),
  }),
  endpoint({
    method: 'PATCH',
    path: '/settings/recordings',
    summary: 'Changes that. It holds from the next call on; recordings that are too old are deleted within the hour.',
    action: 'team:settings',
    body: recordingSettingsSchema.partial(),
    answer: recordingSettingsSchema,
    handle: async ({ actor, body }) => recordingSettingsSchema.parse(await saveTeamSettings(actor.teamId, body)),
  }),
];
