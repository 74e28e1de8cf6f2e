import { eq } from 'drizzle-orm';
import { state } from '#src/e2e/harness/state.ts';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { SampleLog } from '#src/lib/flags/testing/sample-log.ts';
import { connectToLocalDatabase } from '#src/server/cli/local-instance.ts';

const dishes = ['margherita', 'funghi', 'diavola', 'marinara', 'capricciosa'];

/** Puts fifty calls that are over into the running instance, once, all of them well but one; answers the id of that one. */
export async function seedFifty(assistantId: string): Promise<string> {
  connectToLocalDatabase(state().home);
  const { assistantConfigSchema } = await import('#src/lib/assistants/assistant-config.ts');
  const { appendCallEvent } = await import('#src/server/calls/event-log.ts');
  const { reviewCall } = await import('#src/server/calls/review-call.ts');
  const { closeConnection } = await import('#src/server/db/connection.ts');
  const { forTeam } = await import('#src/server/db/for-team.ts');
  const { newId } = await import('#src/server/db/new-id.ts');
  const { calls } = await import('#src/server/db/schema.ts');
  const { demoTeam } = await import('#src/server/teams/demo-team.ts');
  const teamId = demoTeam.id;
  const known = await forTeam(teamId, (tx) =>
    tx.select({ id: calls.id }).from(calls).where(eq(calls.callerName, 'Guest 31')),
  );
  if (known[0]) return known[0].id;
  const config = assistantConfigSchema.parse({ name: 'Luigi' });
  let broken = '';
  for (let i = 0; i < 50; i++) {
    const id = newId('call');
    const placedAt = new Date(Date.now() - (i + 2) * 600_000);
    await forTeam(teamId, (tx) =>
      tx.insert(calls).values({
        id,
        teamId,
        assistantId,
        assistantName: 'Luigi',
        version: null,
        frozen: { assistantId, version: null, config, servers: [], providers: [] },
        room: id,
        status: 'ended',
        endedReason: 'caller-hung-up',
        callerKind: 'member',
        callerName: `Guest ${i}`,
        placedAt,
        clockStart: placedAt,
        endedAt: new Date(placedAt.getTime() + 60_000),
      }),
    );
    const log = i === 31 ? lostOrder() : plainCall(dishes[i % dishes.length] ?? '');
    for (const { seq, ...event } of log) await appendCallEvent(teamId, id, { ...event, id: `evt-${seq}` });
    await reviewCall(teamId, id);
    if (i === 31) broken = id;
  }
  await closeConnection();
  return broken;
}

function plainCall(dish: string): CallEvent[] {
  return new SampleLog()
    .caller(`how many ${dish} pizzas are left`)
    .tool('check_inventory', 'read', 'succeeded', { item: dish, left: 7 }, { item: dish })
    .agent(`There are 7 ${dish} left.`)
    .caller('thank you goodbye')
    .agent('Goodbye.')
    .hungUp();
}

function lostOrder(): CallEvent[] {
  return new SampleLog()
    .caller('two quattro stagioni to pick up at eight please')
    .tool('place_order', 'write', 'in-doubt', {}, { item: 'quattro stagioni', count: 2 })
    .agent('I could not tell whether your order went through.', 'answer', 2_700)
    .caller('well then goodbye')
    .agent('Goodbye.')
    .hungUp();
}
