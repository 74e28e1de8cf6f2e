import { z } from 'zod';

/** What can be wrong with a call that ended well. The codes are stored with the call. */
export const flagCodeSchema = z.enum([
  'no-answer',
  'dead-air',
  'asked-thrice',
  'unproven-claim',
  'write-in-doubt',
  'left-without-help',
  'asked-for-person',
  'loop',
]);
export type FlagCode = z.infer<typeof flagCodeSchema>;

/** The name of a flag where there is room for two words. */
export const flagNames: Record<FlagCode, string> = {
  'no-answer': 'no answer',
  'dead-air': 'dead air',
  'asked-thrice': 'asked three times',
  'unproven-claim': 'unproven claim',
  'write-in-doubt': 'write in doubt',
  'left-without-help': 'left without help',
  'asked-for-person': 'asked for a person',
  loop: 'loop',
};

/** Flags of calls that the caller may still have been helped on. The others say that they were not. */
export const roughFlags: ReadonlySet<FlagCode> = new Set(['dead-air', 'asked-thrice', 'asked-for-person']);
