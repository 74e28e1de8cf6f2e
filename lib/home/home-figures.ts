/** The calls of a stretch of time; replies in ms, as heard where there is a recording, null when nobody waited. */
export type CallSums = {
  calls: number;
  failed: number;
  flagged: number;
  slow: number;
  p50Ms: number | null;
  p95Ms: number | null;
};

/** One day of calls; `from` and `to` are moments, the last day ends now. */
export type DayFigures = CallSums & { from: string; to: string };

export type VersionFigures = CallSums & { assistantId: string; assistantName: string; version: number | null };

export type ToolFigures = {
  serverId: string;
  serverName: string;
  tool: string;
  runs: number;
  failures: number;
  /** Calls in which it was used, and in which it failed. */
  calls: number;
  failedCalls: number;
  p95Ms: number;
};

/** What a team looks at first. */
export type HomeFigures = {
  /** False in a team that never had a call. */
  everCalled: boolean;
  running: number;
  /** Oldest first; the last one is the day up to now. */
  days: DayFigures[];
  /** Of the last seven days, those with most calls first. */
  versions: VersionFigures[];
  /** Of the last seven days: slowest first, and most failures first. */
  slowest: ToolFigures[];
  failing: ToolFigures[];
};
