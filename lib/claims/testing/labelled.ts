import type { LabelledCase } from '#src/lib/claims/testing/labelled-case.ts';
import { heldOut } from '#src/lib/claims/testing/labelled-held.ts';
import { later } from '#src/lib/claims/testing/labelled-later.ts';
import { tuned } from '#src/lib/claims/testing/labelled-tune.ts';
import { tunedMore } from '#src/lib/claims/testing/labelled-tune-more.ts';

/** Utterances of agents with the tools that ran before them: restaurants, dentists, shops, hotels, support. */
export const labelled: { tuned: LabelledCase[]; heldOut: LabelledCase[]; later: LabelledCase[] } = {
  tuned: [...tuned, ...tunedMore],
  heldOut,
  later,
};
