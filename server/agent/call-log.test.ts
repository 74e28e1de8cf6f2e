import { afterAll, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { startClock } from '#src/server/agent/call-clock.ts';
import { openCallLog } from '#src/server/agent/call-log.ts';
import { readAllEvents } from '#src/server/calls/event-log.ts';
import { loadCall } from '#src/server/calls/load-call.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { callEventPayloads, calls } from '#src/server/db/schema.ts';
import { saveTeamSettings } from '#src/server/teams/team-settings.ts';

afterAll(closeConnection);

test('what the team wants taken out never reaches the log of a call [V11]', async () => {
  const teamId = 'team-redacts';
  await saveTeamSettings(teamId, { redact: ['card', 'phone'] });
  const id = newId('call');
  const config = assistantConfigSchema.parse({ name: 'Luigi' });
  await forTeam(teamId, (tx) =>
    tx.insert(calls).values({
      id,
      teamId,
      assistantId: 'asst_x',
      assistantName: 'Luigi',
      frozen: { assistantId: 'asst_x', version: null, config, servers: [], providers: [] },
      room: id,
      status: 'placed',
      callerKind: 'member',
      callerName: 'Ada',
    }),
  );
  const hooks = { onOverflow: () => {}, onProblem: () => {} };
  const events = openCallLog(await loadCall(id), startClock(), hooks);
  const said = 'card 4111 1111 1111 1111, phone 555-123-4567, mail ada@mail.example';
  const tool = { serverId: 's', serverName: 'CRM', tool: 'find' };
  events.write('turn-committed', { text: said, source: 'typed', confidence: null });
  events.write('model-started', { model: 'm', round: 1, prompt: { same: 0, items: [{ content: said }] } });
  events.write('tool-started', { ...tool, arguments: { card: 4111111111111111, said }, effect: 'read' });
  events.write('tool-succeeded', { ...tool, ms: 1, answer: said, content: [{ type: 'text', text: said }] });
  expect(await events.drained(10_000)).toBe(true);
  const log = await readAllEvents(teamId, id);
  expect(log.map(({ type }) => type)).toEqual([
    'call-started',
    'turn-committed',
    'model-started',
    'tool-started',
    'tool-succeeded',
  ]);
  expect(log[1]?.data).toMatchObject({ text: 'card [card], phone [phone], mail ada@mail.example' });
  const stored = JSON.stringify(await forTeam(teamId, (tx) => tx.select().from(callEventPayloads)));
  expect(stored).not.toMatch(/4111|555/);
});
