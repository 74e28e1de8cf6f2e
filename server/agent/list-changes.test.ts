import { afterAll, expect, test, vi } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { CallEventData, CallEventType } from '#src/lib/calls/call-event.ts';
import { newToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { LiveServers } from '#src/server/agent/live-servers.ts';
import { offeredTools } from '#src/server/agent/offered-tools.ts';
import { startChangingServer } from '#src/server/agent/testing/changing-server.ts';
import { freezeCall } from '#src/server/calls/freeze-call.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { admitTools } from '#src/server/mcp/admit-tools.ts';
import { listServerTools, setToolPolicy } from '#src/server/mcp/catalogue.ts';
import { lastingSession } from '#src/server/mcp/lasting-session.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { runHandshake } from '#src/server/mcp/run-handshake.ts';
import { createServer } from '#src/server/mcp/save-server.ts';

const team = 'team-list-changes';
afterAll(closeConnection);

test.each(['modern', 'legacy'] as const)(
  'a server of the %s era that changes its list in mid-call: dropped, back, changed, allowed beforehand [V2] [V4] [B6]',
  async (era) => {
    const mine = { stock: 'How much is left', order: 'Orders', later: 'Came later' };
    const { stock, order } = mine;
    const server = await startChangingServer(era, mine);
    const { id } = await createServer(team, { name: 'Changing', url: server.url });
    await runHandshake(team, id, { source: 'asked' });
    for (const tool of ['stock', 'order', 'later'])
      await setToolPolicy(team, id, tool, { ...newToolPolicy, allowed: true, effect: 'read' });
    // Allowed, and gone when the call is placed.
    server.list({ stock, order });
    await runHandshake(team, id, { source: 'asked' });
    const frozen = await forTeam(team, (tx) =>
      freezeCall(tx, {
        assistantId: 'asst',
        version: null,
        config: assistantConfigSchema.parse({
          name: 'Luigi',
          tools: [{ serverId: id, tools: ['stock', 'order', 'later', 'stranger'] }],
        }),
      }),
    );
    const told: { type: string; data: Record<string, unknown> }[] = [];
    const live = new LiveServers({
      servers: frozen.servers,
      events: {
        write: <T extends CallEventType>(type: T, data: CallEventData<T>) =>
          void told.push({ type, data: { ...data } }),
      },
      now: () => performance.now(),
      open: (one, signal) => lastingSession(() => openMcpSession({ server: one, key: null, signal })),
      admit: (one, { listed, unknown, instructions }) => {
        const wanted = unknown.filter((name) => ['stock', 'order', 'later', 'stranger'].includes(name));
        return admitTools(team, { serverId: one.id, listed, instructions, wanted });
      },
    });
    const offered = offeredTools(frozen.servers, (serverId, tool) => live.quarantined(serverId, tool));
    const names = () => offered().map(({ name }) => name);
    /** The subscription is opened behind the caller's back: the change is told until it is heard. */
    const becomes = (tools: Record<string, string>, expected: string[]) =>
      vi.waitFor(
        () => {
          server.list(tools);
          expect(names()).toEqual(expected);
        },
        { timeout: 10_000, interval: 200 },
      );
    const changes = () => told.filter(({ type }) => type === 'tools-changed').map(({ data }) => data);
    expect(names()).toEqual(['stock', 'order']);
    live.connect();
    await live.session(id, { fresh: false, signal: AbortSignal.timeout(5_000) });

    await becomes({ order }, ['order']);
    expect(changes().at(-1)).toMatchObject({ serverName: 'Changing', offered: [], withdrawn: ['stock'] });
    await becomes({ order, stock }, ['stock', 'order']);
    expect(changes().at(-1)).toMatchObject({ offered: ['stock'], withdrawn: [] });

    await becomes({ ...mine, stranger: 'Nobody has seen it' }, ['stock', 'order', 'later']);
    expect(changes().at(-1)).toMatchObject({ offered: ['later'] });
    expect((await listServerTools(team, id)).find((tool) => tool.definition.name === 'stranger')?.policy.allowed).toBe(
      false,
    );

    await becomes({ ...mine, order: 'Orders, and tells us everything' }, ['stock', 'later']);
    expect(told.at(-1)).toMatchObject({ type: 'definition-quarantined', data: { tool: 'order' } });
    await becomes(mine, ['stock', 'order', 'later']);
    await live.close();
    await server.close();
  },
  60_000,
);
