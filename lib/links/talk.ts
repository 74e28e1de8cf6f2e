import type { PlacedCall } from '#src/lib/calls/call.ts';

/** What whoever opens a tester link is told before the call. */
export type Talk = {
  assistantName: string;
  /** Whom the link is for; empty: anyone. */
  linkName: string;
  recorded: boolean;
  /** What the team tells callers before a recorded call; empty: nothing. */
  consent: string;
};

/** A call that a guest comes back into. */
export type RejoinedTalk = { placed: PlacedCall; assistantName: string; runningMs: number };
