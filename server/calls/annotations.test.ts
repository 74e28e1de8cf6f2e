import { beforeAll, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import {
  addComment,
  addLabel,
  changeComment,
  deleteComment,
  readAnnotations,
  removeLabel,
} from '#src/server/calls/annotations.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls } from '#src/server/db/schema.ts';
import type { Actor } from '#src/server/teams/actor.ts';

const actor = (teamId: string, name: string): Actor => ({ teamId, role: 'reviewer', name, userId: `user-${name}` });
const [ada, bob, eve] = [actor('team-notes', 'Ada'), actor('team-notes', 'Bob'), actor('team-other', 'Eve')];
const [first, second] = [newId('call'), newId('call')];

beforeAll(async () => {
  const frozen = {
    assistantId: 'asst_1',
    version: null,
    config: assistantConfigSchema.parse({ name: 'Luigi' }),
    servers: [],
    providers: [],
  };
  await forTeam(ada.teamId, (tx) =>
    tx.insert(calls).values(
      [first, second].map((id) => ({
        id,
        teamId: ada.teamId,
        assistantId: 'asst_1',
        assistantName: 'Luigi',
        frozen,
        room: id,
        status: 'ended',
        callerKind: 'member',
        callerName: 'Ada',
      })),
    ),
  );
});

test('a label is on a call once, comes off, and is suggested for other calls [C9]', async () => {
  for (const label of ['slow', 'wrong price', 'slow']) await addLabel(ada, first, label);
  expect((await readAnnotations(ada, first)).labels).toEqual(['slow', 'wrong price']);
  expect((await readAnnotations(ada, second)).suggestions).toEqual(['slow', 'wrong price']);
  await removeLabel(bob, first, 'slow');
  await removeLabel(bob, first, 'slow');
  expect((await readAnnotations(ada, first)).labels).toEqual(['wrong price']);
});

test('a comment stands at its moment; only who wrote it changes it or takes it away [C9]', async () => {
  const said = await addComment(ada, first, { text: 'Here the price is wrong.', at: 12_500 });
  expect((await readAnnotations(bob, first)).comments).toMatchObject([
    { text: 'Here the price is wrong.', at: 12_500, author: 'Ada', mine: false },
  ]);
  await expect(changeComment(bob, first, said.id, 'No.')).rejects.toMatchObject({ code: 'not-found' });
  await expect(deleteComment(bob, first, said.id, true)).rejects.toMatchObject({ code: 'not-found' });
  expect(await changeComment(ada, first, said.id, 'Here it is wrong.')).toMatchObject({ mine: true });
  await deleteComment(ada, first, said.id, true);
  expect((await readAnnotations(ada, first)).comments).toEqual([]);
  await deleteComment(ada, first, said.id, false);
  expect((await readAnnotations(ada, first)).comments).toHaveLength(1);
});

test('another team sees and changes nothing of it [V6]', async () => {
  await expect(readAnnotations(eve, first)).rejects.toMatchObject({ code: 'not-found' });
  await expect(addLabel(eve, first, 'mine')).rejects.toMatchObject({ code: 'not-found' });
  await expect(addComment(eve, first, { text: 'Hello', at: null })).rejects.toMatchObject({ code: 'not-found' });
});
