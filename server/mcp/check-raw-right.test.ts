import { afterAll, expect, test } from 'vitest';
import { closeConnection } from '#src/server/db/connection.ts';
import { checkRawRight } from '#src/server/mcp/check-raw-right.ts';
import { createServer } from '#src/server/mcp/save-server.ts';

const teamId = 'team-raw';
afterAll(closeConnection);

test('only an admin lets assistants send raw queries; a builder may go on editing what is on [K2] [V10]', async () => {
  const builder = { teamId, role: 'builder' } as const;
  const on = { rawForAssistants: true };
  await expect(checkRawRight(builder, null, on)).rejects.toMatchObject({ code: 'forbidden' });
  await checkRawRight(builder, null, { rawForAssistants: false });
  await checkRawRight({ teamId, role: 'admin' }, null, on);
  const off = await createServer(teamId, { name: 'Till', transport: 'rest', url: 'http://127.0.0.1:7/api' });
  await expect(checkRawRight(builder, off.id, on)).rejects.toMatchObject({ code: 'forbidden' });
  const { id } = await createServer(teamId, {
    name: 'Open',
    transport: 'rest',
    url: 'http://127.0.0.1:7/api',
    rest: on,
  });
  await checkRawRight(builder, id, on);
  await expect(checkRawRight({ ...builder, teamId: 'other' }, id, on)).rejects.toMatchObject({ code: 'not-found' });
});
