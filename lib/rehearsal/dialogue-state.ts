import type { Decision } from '#src/lib/rehearsal/history.ts';
import type { SlotValue } from '#src/lib/rehearsal/slot.ts';
import type { KnownTool, Toolbox } from '#src/lib/rehearsal/tool-match.ts';

/** What does not change during a call. */
export type DialogueSetup = {
  toolbox: Toolbox;
  greeting: string;
  rehearsalPhrases: readonly string[];
  /** Said when a tool failed and left no sentence of its own. */
  safeSentence: string;
  now: Date;
};

/** The request being worked on. */
export type Focus = {
  tool: KnownTool;
  values: ReadonlyMap<string, SlotValue>;
  /** How the caller named the values, by slot. */
  phrases: ReadonlyMap<string, string>;
  stage: 'asking' | 'confirming' | 'calling';
  /** The slot that was asked for. */
  asked: string | null;
  /** What was read back and waits for a yes. */
  readBack: string | null;
  /** Answers in a row that were of no use. */
  misses: number;
};

export type DialogueState = {
  focus: Focus | null;
  /** The tool that ran last: "and the lasagna?" asks it again. */
  last: Focus | null;
  /** The last thing that was to be said. */
  lastSaid: string | null;
  /** The caller said goodbye. */
  over: boolean;
  /** Values seen in results, by the words of their key, the newest first. */
  earlier: ReadonlyMap<string, readonly string[]>;
  /** What to do next; null when the assistant has just spoken, or a tool is running. */
  due: Decision | null;
};

export const freshState: DialogueState = {
  focus: null,
  last: null,
  lastSaid: null,
  over: false,
  earlier: new Map(),
  due: null,
};
