import { expect, test } from 'vitest';
import type { ActionResult } from '#src/lib/action-result.ts';
import { createDraftSaver } from '#src/lib/assistants/draft-saver.ts';

/** A saver whose timer and server are in the test's hands. */
function saver(answer: (draft: string, ifSavedAt: string | undefined) => ActionResult<{ savedAt: string }>) {
  const sent: [string, string | undefined][] = [];
  let due: (() => void) | null = null;
  const made = createDraftSaver({
    draft: 'a',
    savedAt: 't0',
    delayMs: 600,
    save: async (draft, ifSavedAt) => {
      sent.push([draft, ifSavedAt]);
      return answer(draft, ifSavedAt);
    },
    later: (act) => {
      due = act;
      return () => {
        due = null;
      };
    },
  });
  return { made, sent, ring: () => due?.() };
}
const ok = (savedAt: string): ActionResult<{ savedAt: string }> => ({ ok: true, value: { savedAt } });
const conflict: ActionResult<{ savedAt: string }> = {
  ok: false,
  problem: { code: 'draft-conflict', message: 'Someone else saved.' },
};

test('many changes are one save, with the time of the last one', async () => {
  const { made, sent, ring } = saver((draft) => ok(`saved ${draft}`));
  made.change('ab');
  made.change('abc');
  expect(sent).toEqual([]);
  ring();
  await made.flush();
  made.change('abcd');
  await made.flush();
  expect(sent).toEqual([
    ['abc', 't0'],
    ['abcd', 'saved abc'],
  ]);
  expect(made.get().status).toBe('saved');
});

test('what is typed while a save is under way is saved after it', async () => {
  const { made, sent } = saver((draft) => ok(`saved ${draft}`));
  made.change('ab');
  const first = made.flush();
  made.change('abc');
  expect(await first).toBe(true);
  expect(sent.map(([draft]) => draft)).toEqual(['ab', 'abc']);
  expect(made.get()).toMatchObject({ draft: 'abc', status: 'saved' });
});

test('a conflict keeps the text and waits for a decision', async () => {
  const { made, sent } = saver((_draft, ifSavedAt) => (ifSavedAt === undefined ? ok('t9') : conflict));
  made.change('mine');
  expect(await made.flush()).toBe(false);
  made.change('mine, longer');
  expect(await made.flush()).toBe(false);
  expect(made.get()).toMatchObject({ draft: 'mine, longer', status: 'conflict' });
  await made.keepMine();
  expect(sent.at(-1)).toEqual(['mine, longer', undefined]);
  expect(made.get()).toMatchObject({ savedAt: 't9', status: 'saved' });
});

test('a save that fails says so and is tried again with the next change', async () => {
  let down = true;
  const { made } = saver((draft) => {
    if (down) throw new Error('offline');
    return ok(`saved ${draft}`);
  });
  made.change('ab');
  expect(await made.flush()).toBe(false);
  expect(made.get()).toMatchObject({ draft: 'ab', status: 'failed' });
  down = false;
  made.change('abc');
  expect(await made.flush()).toBe(true);
});
