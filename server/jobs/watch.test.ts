import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { webhookBodySchema } from '#src/lib/notices/webhook.ts';
import { closeConnection, connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { credentials, handshakes, mcpServers, organization, serverTools } from '#src/server/db/schema.ts';
import { startBoss, sweepDeleted, sweepHistory } from '#src/server/jobs/boss.ts';
import { queueChecks } from '#src/server/jobs/watch-queue.ts';
import { queueWebhooks } from '#src/server/jobs/webhook-queue.ts';
import { listServerTools, setToolPolicy } from '#src/server/mcp/catalogue.ts';
import { deleteServer } from '#src/server/mcp/delete-server.ts';
import { runHandshake } from '#src/server/mcp/run-handshake.ts';
import { createServer as addServer } from '#src/server/mcp/save-server.ts';
import { listChecks } from '#src/server/mcp/server-checks.ts';
import { type ListingServer, startListingServer } from '#src/server/mcp/testing/listing-server.ts';
import { dueServers } from '#src/server/mcp/watch-servers.ts';
import { deliverWebhook, webhookSignature } from '#src/server/notices/deliver-webhook.ts';
import { countUnseenNotices, listNotices, markNoticesSeen } from '#src/server/notices/read-notices.ts';
import { createWebhook, deleteWebhook, listWebhooks } from '#src/server/notices/webhooks.ts';

const team = 'team-watch';
const received: { body: string; headers: Record<string, string | string[] | undefined> }[] = [];
let boss: PgBoss;
let listing: ListingServer;
let receiver: Server;
let receiverUrl = '';
let answerWith = 204;
let serverId = '';

beforeAll(async () => {
  await connection().db.insert(organization).values({ id: team, name: 'Watch', slug: team, createdAt: new Date() });
  listing = await startListingServer([{ name: 'refund', description: 'Refunds.', inputSchema: { type: 'object' } }]);
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ body, headers: request.headers });
    response.writeHead(answerWith).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  receiverUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook?token=of-theirs`;
  const started = await startBoss();
  if (!started) throw new Error('the queue did not start');
  boss = started;
  serverId = (await addServer(team, { name: 'Till', url: listing.url, watchMinutes: 5 })).id;
  await runHandshake(team, serverId);
  await setToolPolicy(team, serverId, 'refund', { ...newToolPolicy, allowed: true });
});
afterAll(async () => {
  await boss?.stop({ graceful: false });
  listing?.close();
  receiver?.close();
  await closeConnection();
});

async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`never came: ${what}`);
    await sleep(50);
  }
}
/** Lets the interval pass, and the watch look. Queued until it has: while the check before still ends, none is taken. */
async function watch(): Promise<void> {
  const old = new Date(Date.now() - 6 * 60_000);
  await forTeam(team, (tx) => tx.update(mcpServers).set({ checkedAt: old }).where(eq(mcpServers.id, serverId)));
  await until('a check', async () => {
    await queueChecks(boss);
    return !(await dueServers()).some((due) => due.serverId === serverId);
  });
}
const kinds = async () => (await listNotices(team)).items.map(({ kind }) => kind);

test('a server is looked at on its interval, and the check is kept without its traffic [K11]', async () => {
  expect((await dueServers()).filter((due) => due.teamId === team)).toEqual([]);
  await watch();
  const checks = await listChecks(team, serverId);
  expect(checks.map(({ source, ok }) => [source, ok])).toEqual([
    ['asked', true],
    ['watch', true],
  ]);
  expect(checks[1]?.ms).toBeGreaterThan(0);
  const [kept] = await forTeam(team, (tx) => tx.select().from(handshakes).where(eq(handshakes.source, 'watch')));
  expect(kept?.result.steps.every((step) => (step.exchanges ?? []).length === 0)).toBe(true);
  expect(await kinds()).toEqual([]);
});

test('going down, coming back and a changed definition are told in the team and to its webhook, signed [K11] [B6]', async () => {
  const { secret, id } = await createWebhook(team, { url: receiverUrl });
  listing.broken = true;
  await watch();
  listing.broken = false;
  listing.tools = [{ name: 'refund', description: 'Refunds anybody.', inputSchema: { type: 'object' } }];
  await watch();
  expect((await kinds()).sort()).toEqual(['definition-changed', 'server-down', 'server-up']);
  expect((await listServerTools(team, serverId))[0]?.pending).not.toBeNull();
  await until('three requests', async () => received.length >= 3);

  const bodies = received.map(({ body }) => webhookBodySchema.parse(JSON.parse(body)));
  expect(bodies.map(({ kind }) => kind).sort()).toEqual(['definition-changed', 'server-down', 'server-up']);
  expect(bodies[0]).toMatchObject({ server: { id: serverId, name: 'Till' }, message: expect.stringContaining('Till') });
  for (const { body, headers } of received)
    expect(headers['x-patchbay-signature']).toBe(
      `v1=${webhookSignature(secret, Number(headers['x-patchbay-timestamp']), body)}`,
    );
  expect(await listWebhooks(team)).toMatchObject([{ id, lastStatus: '204' }]);
  expect(JSON.stringify(await listWebhooks(team))).not.toContain(secret);

  // The regular look finds nothing new: each notice goes out once.
  await queueWebhooks(boss, team);
  const [jobs] = await connection().sql`select count(*)::int from pgboss.job where name = 'deliver-webhook'`;
  expect(jobs?.count).toBe(3);
});

test('a webhook that refuses is tried three times, and says in its row how it answered', async () => {
  const [hook] = await listWebhooks(team);
  const [notice] = (await listNotices(team)).items;
  answerWith = 500;
  const delivery = { teamId: team, webhookId: hook?.id ?? '', noticeId: notice?.id ?? '' };
  await expect(deliverWebhook(delivery)).rejects.toMatchObject({ code: 'webhook-refused' });
  expect((await listWebhooks(team))[0]?.lastStatus).toBe('500');
  expect(await boss.getQueue('deliver-webhook')).toMatchObject({ retryLimit: 2 });
  const { id: away } = await createWebhook(team, { url: 'http://127.0.0.1:59999/x' });
  await expect(deliverWebhook({ ...delivery, webhookId: away })).rejects.toMatchObject({ code: 'connection-refused' });
  const { id: inside } = await createWebhook(team, { url: 'https://169.254.169.254/latest' });
  await expect(deliverWebhook({ ...delivery, webhookId: inside })).rejects.toMatchObject({ code: 'address-refused' });
  await deliverWebhook({ ...delivery, teamId: 'team-other' }); // not theirs: nothing is sent
  await deleteWebhook(team, away);
  await expect(deleteWebhook('team-other', inside)).rejects.toMatchObject({ code: 'not-found' });
});

test('notices are seen once, page by page, and by nobody else', async () => {
  const first = await listNotices(team, { limit: 2 });
  const second = await listNotices(team, { limit: 2, after: first.next ?? '' });
  expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, null]);
  expect((await listNotices('team-other')).items).toEqual([]);
  await markNoticesSeen(team, [first.items[0]?.id ?? '']);
  expect(await countUnseenNotices(team)).toBe(2);
  await markNoticesSeen('team-other');
  await markNoticesSeen(team);
  expect(await countUnseenNotices(team)).toBe(0);
});

test('old checks of the watch are forgotten, asked ones stay [K11]', async () => {
  const old = new Date(Date.now() - 8 * 86_400_000);
  await forTeam(team, (tx) => tx.update(handshakes).set({ at: old }).where(eq(handshakes.serverId, serverId)));
  await sweepHistory(new Date());
  expect((await listChecks(team, serverId)).map(({ source }) => source)).toEqual(['asked']);
});

test('a deleted server goes with its keys and its rows, when it cannot be restored any more [K3]', async () => {
  const input = { name: 'Gone', url: listing.url, auth: { type: 'bearer', key: 'key-of-the-gone' } } as const;
  const { id } = await addServer(team, input);
  await runHandshake(team, id);
  const left = () =>
    forTeam(team, async (tx) => [
      (await tx.select().from(serverTools).where(eq(serverTools.serverId, id))).length,
      (await tx.select().from(handshakes).where(eq(handshakes.serverId, id))).length,
    ]);
  const keys = () => forTeam(team, async (tx) => (await tx.select().from(credentials)).length);
  const before = await keys();
  await deleteServer(team, id);
  await sweepDeleted(new Date(Date.now() - 60_000));
  expect([await left(), await keys()]).toEqual([[1, 1], before]);
  await sweepDeleted(new Date(Date.now() + 1_000));
  expect([await left(), await keys()]).toEqual([[0, 0], before - 1]);
});
