import { measureTools } from '#src/server/mcp/tool-runs.ts';

/** Fewer runs than this say little of a tool. */
const fewestRuns = 5;

/** Half of the runs of a tool took no longer than the first, nearly all no longer than the second. */
export type UsualTime = { p50Ms: number; p95Ms: number };

export type UsualTimes = {
  /** Reads the figures of these servers, once; call it before anybody waits. Never throws. */
  load(serverIds: readonly string[]): Promise<void>;
  /** Null where it is not known. */
  of(serverId: string, tool: string): UsualTime | null;
};

/** What the tools of a team's servers usually take, kept at hand for one call. */
export function usualTimes(teamId: string): UsualTimes {
  const known = new Map<string, Awaited<ReturnType<typeof measureTools>>>();
  return {
    load: async (serverIds) => {
      for (const serverId of serverIds) {
        const measured = await measureTools(teamId, serverId).catch(() => null);
        if (measured) known.set(serverId, measured);
      }
    },
    of: (serverId, tool) => {
      const measured = known.get(serverId)?.get(tool);
      return measured && measured.runs >= fewestRuns ? measured : null;
    },
  };
}
