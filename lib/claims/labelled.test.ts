import { expect, test } from 'vitest';
import { labelled } from '#src/lib/claims/testing/labelled.ts';
import { type Rate, scoreClaims, sizeOf } from '#src/lib/claims/testing/score-claims.ts';

test('the labelled set is large enough, and half of it was kept from the rules [B2]', () => {
  const [tuned, heldOut] = [sizeOf(labelled.tuned), sizeOf(labelled.heldOut)];
  expect(tuned.utterances + heldOut.utterances).toBeGreaterThanOrEqual(150);
  expect(heldOut.utterances).toBeGreaterThanOrEqual(75);
});

test.each([
  ['tuned', labelled.tuned, { finding: 0.97, proving: 0.95, flagging: 0.95 }],
  ['held out', labelled.heldOut, { finding: 0.95, proving: 0.88, flagging: 0.87 }],
  ['later', labelled.later, { finding: 0.85, proving: 0.65, flagging: 0.75 }],
] as const)('claims are found, proved and flagged, %s half [B2]', (name, cases, floor) => {
  const { misses, ...score } = scoreClaims(cases);
  const { utterances, claims } = sizeOf(cases);
  console.log(
    `claims, ${name}: ${utterances} utterances, ${claims} claims\n` +
      `  found   ${words(score.finding)}\n  proved  ${words(score.proving)}\n  flagged ${words(score.flagging)}`,
  );
  for (const kind of ['finding', 'proving', 'flagging'] as const) {
    // What went wrong is told for the half that rules may be made with.
    const why = name === 'tuned' ? misses.join('\n') : kind;
    expect(score[kind].precision, why).toBeGreaterThanOrEqual(floor[kind]);
    expect(score[kind].recall, why).toBeGreaterThanOrEqual(floor[kind]);
  }
});

function words({ precision, recall, of }: Rate): string {
  return `precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)} of ${of}`;
}
