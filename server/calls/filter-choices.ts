import { asc } from 'drizzle-orm';
import { forTeam } from '#src/server/db/for-team.ts';
import { callLabels, serverTools } from '#src/server/db/schema.ts';

const most = 200;

/** Names that a filter can be set to: the tools of a team's servers, and the labels on its calls. */
export async function filterChoices(teamId: string): Promise<{ tools: string[]; labels: string[] }> {
  return forTeam(teamId, async (tx) => {
    const tools = await tx
      .selectDistinct({ name: serverTools.name })
      .from(serverTools)
      .orderBy(asc(serverTools.name))
      .limit(most);
    const labels = await tx
      .selectDistinct({ label: callLabels.label })
      .from(callLabels)
      .orderBy(asc(callLabels.label))
      .limit(most);
    return { tools: tools.map(({ name }) => name), labels: labels.map(({ label }) => label) };
  });
}
