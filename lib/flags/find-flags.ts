import { askedForPerson } from '#src/lib/flags/asked-for-person.ts';
import { askedThrice } from '#src/lib/flags/asked-thrice.ts';
import { deadAir } from '#src/lib/flags/dead-air.ts';
import type { Flag, Flagged, FlagRule } from '#src/lib/flags/flag.ts';
import { leftWithoutHelp } from '#src/lib/flags/left-without-help.ts';
import { loop } from '#src/lib/flags/loop.ts';
import { noAnswer } from '#src/lib/flags/no-answer.ts';
import { unprovenClaim } from '#src/lib/flags/unproven-claim.ts';
import { writeInDoubt } from '#src/lib/flags/write-in-doubt.ts';

const rules: readonly FlagRule[] = [
  writeInDoubt,
  unprovenClaim,
  noAnswer,
  leftWithoutHelp,
  askedForPerson,
  askedThrice,
  loop,
  deadAir,
];

/** All that is wrong with a call, though it may have ended well: what is broken first, then by the clock. */
export function findFlags(call: Flagged): Flag[] {
  const order = (flag: Flag) => (flag.severity === 'broken' ? 0 : 1);
  return rules.flatMap((rule) => rule(call)).sort((a, b) => order(a) - order(b) || a.at - b.at);
}
