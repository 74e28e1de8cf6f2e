/** The clock of one call: t = 0 is the agent's join. The call's process is the only one that owns it. */
export type CallClock = {
  /** t = 0 in wall time. */
  startedAt: Date;
  /** Milliseconds since t = 0 by the monotonic clock, so that a corrected wall clock does not bend the timeline. */
  now(): number;
  /** Converts a wall time in ms since the epoch, as LiveKit reports it, to milliseconds of this clock. */
  fromWall(epochMs: number): number;
};

/** Starts the clock now. */
export function startClock(): CallClock {
  const startedAt = new Date();
  const zero = performance.now();
  return {
    startedAt,
    now: () => Math.round(performance.now() - zero),
    fromWall: (epochMs) => Math.round(epochMs - startedAt.getTime()),
  };
}
