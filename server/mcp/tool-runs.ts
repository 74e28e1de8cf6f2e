import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { toolRuns } from '#src/server/db/schema.ts';

/** One run of a tool, for figures only: no arguments and no results. */
export type ToolRun = {
  serverId: string;
  tool: string;
  source: 'call' | 'inspector';
  ok: boolean;
  ms: number;
  /** Characters of the answer as the server gave it, and as the model got it. */
  rawChars: number;
  shapedChars: number;
};

/** Keeps one run of a tool. */
export async function recordToolRun(teamId: string, run: ToolRun): Promise<void> {
  await forTeam(teamId, (tx) => tx.insert(toolRuns).values({ id: newId('run'), teamId, ...run }));
}
