import type { FlagRule } from '#src/lib/flags/flag.ts';

/** The caller heard that something was done or is known, and nothing proves it. */
export const unprovenClaim: FlagRule = ({ view }) =>
  view.agent.flatMap((turn) =>
    turn.claims
      .filter((claim) => claim.proof === null)
      .map((claim) => ({
        code: 'unproven-claim',
        // What was only said to be known may be wrong; what was said to be done is missed by the caller.
        severity: claim.kind === 'done' ? 'broken' : 'rough',
        reason: claim.why ?? 'Nothing proves what the agent said.',
        at: claim.at,
        itemId: turn.id,
      })),
  );
