import type { CallView } from '#src/lib/calls/call-view.ts';
import type { HeardFigures } from '#src/lib/calls/recording.ts';
import type { FlagCode } from '#src/lib/flags/flag-code.ts';

/** One thing that is wrong with a call, with the reason for saying so. */
export type Flag = {
  code: FlagCode;
  /** `broken`: the caller did not get what the call says. `rough`: they did, or may have, but not well. */
  severity: 'broken' | 'rough';
  /** One sentence for a person. */
  reason: string;
  /** The moment that shows it, ms from t = 0. */
  at: number;
  /** The turn or tool call that shows it; null where nothing was said or done. */
  itemId: string | null;
};

/** What the rules look at: the folded log, and what the recording tells, once it is there. */
export type Flagged = { view: CallView; heard: HeardFigures | null };
export type FlagRule = (call: Flagged) => Flag[];
