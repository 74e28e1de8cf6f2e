import { expect, test } from 'vitest';
import { callView, createCallFold } from '#src/lib/calls/call-view.ts';
import { createGrowingView } from '#src/lib/calls/growing-view.ts';
import { randomLog, randomNumbers } from '#src/lib/calls/testing/random-log.ts';

const seeds = Array.from({ length: 18 }, (_, i) => i + 1);

test('a log folded step by step comes to what it is at once, whatever happens in it [B2] [C8]', () => {
  let claims = 0;
  for (const seed of seeds) {
    const log = randomLog(seed, 40 + seed * 4);
    const random = randomNumbers(seed);
    const fold = createCallFold();
    for (let taken = 0; taken < log.length; ) {
      // A page may take several events before it shows them.
      const step = 1 + Math.floor(random() * random() * 6);
      for (const event of log.slice(taken, taken + step)) fold.take(event);
      taken += step;
      const view = fold.view();
      expect(view, `seed ${seed}, ${taken} events`).toEqual(callView(log.slice(0, taken)));
      claims += view.agent.reduce((sum, turn) => sum + turn.claims.length, 0);
    }
  }
  expect(claims).toBeGreaterThan(300);
});

test('a view stays as it was when more events come', () => {
  for (const seed of seeds.slice(0, 3)) {
    const log = randomLog(seed, 70);
    const fold = createCallFold();
    const kept = log.map((event) => {
      fold.take(event);
      const view = fold.view();
      return { view, copy: structuredClone(view) };
    });
    for (const { view, copy } of kept) expect(view).toEqual(copy);
  }
});

test('what an event does not change is the same object in the next view', () => {
  const log = randomLog(3, 300);
  const fold = createCallFold();
  for (const event of log.slice(0, 200)) fold.take(event);
  let before = fold.view();
  expect(fold.view()).toBe(before);
  for (const event of log.slice(200)) {
    fold.take(event);
    const view = fold.view();
    const had = new Set(before.items);
    const made = view.items.filter((item) => !had.has(item));
    expect(made.length, event.type).toBeLessThanOrEqual(10);
    for (const list of ['caller', 'agent', 'tools', 'models', 'items'] as const)
      if (view[list] !== before[list]) expect(view[list]).not.toEqual(before[list]);
    before = view;
  }
});

test('a log that grows is folded on, and one that is another from its beginning', () => {
  const [log, other] = [randomLog(5, 80), randomLog(6, 60)];
  const shows = (type: string) => type !== 'tool-waiting';
  const viewOf = createGrowingView(shows);
  const whole = (events: typeof log) => callView(events.filter(({ type }) => shows(type)));
  for (const events of [log.slice(0, 40), log, log, log.slice(0, 30), other])
    expect(viewOf(events)).toEqual(whole(events));
  expect(viewOf(other)).toBe(viewOf([...other]));
});
