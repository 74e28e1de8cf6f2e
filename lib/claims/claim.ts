/** What is done, whatever the words for it. `any` for words that say only that something was done. */
export type Action = 'send' | 'book' | 'order' | 'cancel' | 'change' | 'pay' | 'note' | 'find' | 'any';

/** A statement of the agent that something was done or is known. */
export type Claim = {
  text: string;
  /** Where it stands in what was said, in characters. */
  from: number;
  to: number;
  kind: 'done' | 'known';
  /** Set on what was done. */
  action: Action | null;
};

/** A claim with what proves it; without a proof it says why. */
export type JudgedClaim = Claim & {
  turnId: string;
  /** About when it had been said, ms from t = 0. */
  at: number;
  proof: { toolCallId: string; tool: string } | null;
  why: string | null;
};
