import { expect, test } from 'vitest';
import { callView } from '#src/lib/calls/call-view.ts';
import { findFlags } from '#src/lib/flags/find-flags.ts';
import { flagCodeSchema } from '#src/lib/flags/flag-code.ts';
import { labelledCalls } from '#src/lib/flags/testing/labelled-calls.ts';

for (const { name, log, heard, flags } of labelledCalls)
  test(`${name} [B10]`, () => {
    const view = callView(log);
    const found = findFlags({ view, heard: heard ?? null });
    expect(found.map((flag) => flag.code)).toEqual(flags);
    for (const flag of found) {
      expect(flag.reason).toMatch(/^[A-Z\p{L}].{10,}\.$/u);
      expect(flag.at).toBeGreaterThanOrEqual(0);
      expect(flag.at).toBeLessThanOrEqual(view.ending?.at ?? 0);
      if (flag.itemId !== null) expect(view.items.map((item) => item.id)).toContain(flag.itemId);
    }
  });

test('each flag has a labelled call that shows it [B10]', () => {
  expect(new Set(labelledCalls.flatMap((call) => call.flags))).toEqual(new Set(flagCodeSchema.options));
});
