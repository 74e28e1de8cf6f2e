import { eq } from 'drizzle-orm';
import { defaultTeamSettings, type TeamSettings, teamSettingsSchema } from '#src/lib/teams/team-settings.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { teamSettings } from '#src/server/db/schema.ts';

/** What a team decided for all its calls; the defaults where it decided nothing. */
export async function readTeamSettings(teamId: string): Promise<TeamSettings> {
  return forTeam(teamId, (tx) => teamSettingsIn(tx, teamId));
}

/** The same inside a transaction. */
export async function teamSettingsIn(tx: TeamTx, teamId: string): Promise<TeamSettings> {
  const [row] = await tx.select().from(teamSettings).where(eq(teamSettings.teamId, teamId));
  return teamSettingsSchema.safeParse(row?.settings ?? {}).data ?? defaultTeamSettings;
}

/** Changes what is given and leaves the rest. */
export async function saveTeamSettings(
  teamId: string,
  change: { [K in keyof TeamSettings]?: TeamSettings[K] | undefined },
): Promise<TeamSettings> {
  return forTeam(teamId, async (tx) => {
    const settings = teamSettingsSchema.parse({ ...(await teamSettingsIn(tx, teamId)), ...given(change) });
    await tx
      .insert(teamSettings)
      .values({ teamId, settings, updatedAt: new Date() })
      .onConflictDoUpdate({ target: teamSettings.teamId, set: { settings, updatedAt: new Date() } });
    return settings;
  });
}

/** What is left out stays as it is. */
function given(change: object): object {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
