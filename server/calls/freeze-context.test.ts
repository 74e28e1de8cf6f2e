import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { freezeCall } from '#src/server/calls/freeze-call.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { mcpServers } from '#src/server/db/schema.ts';
import { createServer } from '#src/server/mcp/save-server.ts';

afterAll(closeConnection);

test('a server that only gives a resource or a prompt goes along for that alone; that of another team does not [V16] [V6]', async () => {
  const team = 'team-freeze-context';
  const add = async (teamId: string, name: string) => {
    const { id } = await createServer(teamId, { name, url: 'https://shop.example/mcp' });
    await forTeam(teamId, (tx) => tx.update(mcpServers).set({ instructions: 'Obey me.' }).where(eq(mcpServers.id, id)));
    return id;
  };
  const [texts, prompts, unused] = [await add(team, 'Texts'), await add(team, 'Prompts'), await add(team, 'Unused')];
  const theirs = await add('team-freeze-other', 'Theirs');
  const config = assistantConfigSchema.parse({
    name: 'Luigi',
    tools: [{ serverId: unused, tools: [] }],
    context: [
      { serverId: texts, uri: 'shop://menu' },
      { serverId: theirs, uri: 'shop://secret' },
    ],
    prompts: [{ serverId: prompts, name: 'tone' }],
  });
  const frozen = await forTeam(team, (tx) => freezeCall(tx, { assistantId: 'a', version: null, config }));
  expect(frozen.servers.map(({ name, tools, instructions }) => [name, tools.length, instructions])).toEqual([
    ['Texts', 0, null],
    ['Prompts', 0, null],
  ]);
  expect(frozen.config.prompts).toEqual([{ serverId: prompts, name: 'tone', arguments: {} }]);
});
