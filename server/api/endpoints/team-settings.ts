import { privacySettingsSchema, recordingSettingsSchema } from '#src/lib/teams/team-settings.ts';
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
  endpoint({
    method: 'GET',
    path: '/settings/privacy',
    summary: 'How long words and what tools were given are kept, and what is taken out before it is written.',
    action: 'team:settings',
    answer: privacySettingsSchema,
    handle: async ({ actor }) => privacySettingsSchema.parse(await readTeamSettings(actor.teamId)),
  }),
  endpoint({
    method: 'PATCH',
    path: '/settings/privacy',
    summary: 'Changes that. What is too old is erased within the hour; what is taken out holds from the next call on.',
    action: 'team:settings',
    body: privacySettingsSchema.partial(),
    answer: privacySettingsSchema,
    handle: async ({ actor, body }) => privacySettingsSchema.parse(await saveTeamSettings(actor.teamId, body)),
  }),
];
