import { defaultPhrases } from '#src/lib/assistants/default-phrases.ts';

/**
 * What the model is told when a tool gave no result: JSON, so that a rule-bound model can tell it from a result, with the
 * sentence that the caller is meant to hear. No address, no status, no code of ours is in it.
 */
export const tellModel = {
  /** `reason` is the tool's own answer, such as "there is no such table"; it may help, but is not for the caller's ear. */
  failed: (say: string, reason?: string): string =>
    JSON.stringify({
      error: { say, ...(reason ? { reason: reason.slice(0, 1000), hint: 'Do not read the reason out.' } : {}) },
    }),
  /** The arguments did not fit; the model can mend them. */
  mend: (say: string, problem: string): string =>
    JSON.stringify({
      error: { say, problem, hint: 'Nothing was sent. Mend the arguments, or ask the caller for what is missing.' },
    }),
  /** A write may or may not have been done. */
  inDoubt: (say: string = inDoubtSentence): string =>
    JSON.stringify({
      error: {
        inDoubt: true,
        say,
        hint: 'It is not known whether this was done. Say so. Do not try it again.',
      },
    }),
};

/** What the caller hears about a write that may or may not have been done. */
export const inDoubtSentence = defaultPhrases.en.inDoubt;
