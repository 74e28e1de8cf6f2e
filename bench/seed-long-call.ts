import { longCall, longPeaks } from '#src/bench/long-call.ts';
import { connectToLocalDatabase } from '#src/server/cli/local-instance.ts';

/** No one looks for a sign of life from a call before this is over. */
const livesForMs = 3_600_000;

/**
 * Puts a call of two hours and 18,000 events into a running instance; answers its id. Its sound is a waveform only, there is
 * no file behind it. A `live` one goes on for an hour more, without an agent and without sound.
 */
export async function seedLongCall(
  home: string,
  o: { assistantId: string; teamId: string; durationMs?: number; events?: number; live?: boolean },
): Promise<string> {
  const { assistantId, teamId, durationMs = 2 * 3_600_000, events = 20_000, live = false } = o;
  connectToLocalDatabase(home);
  const { assistantConfigSchema } = await import('#src/lib/assistants/assistant-config.ts');
  const { connection } = await import('#src/server/db/connection.ts');
  const { forTeam } = await import('#src/server/db/for-team.ts');
  const { newId } = await import('#src/server/db/new-id.ts');
  const { calls, recordings } = await import('#src/server/db/schema.ts');
  const callId = newId('call');
  const startedAt = new Date(Date.now() - durationMs);
  await forTeam(teamId, (tx) =>
    tx.insert(calls).values({
      id: callId,
      teamId,
      assistantId,
      assistantName: 'Luigi',
      frozen: {
        assistantId,
        version: null,
        config: assistantConfigSchema.parse({ name: 'Luigi' }),
        servers: [],
        providers: [],
      },
      room: callId,
      status: live ? 'live' : 'ended',
      callerKind: 'synthetic',
      callerName: 'Two hours',
      placedAt: startedAt,
      clockStart: startedAt,
      ...(live
        ? { heartbeatAt: new Date(Date.now() + livesForMs) }
        : { endedAt: new Date(), endedReason: 'caller-hung-up' }),
    }),
  );
  const log = longCall(durationMs, events).filter(({ type }) => !live || type !== 'call-ended');
  const { sql } = connection();
  for (let at = 0; at < log.length; at += 2_000) {
    const rows = log.slice(at, at + 2_000);
    await sql`select append_call_event(${teamId}, ${callId}, e->>'id', e->>'type', (e->>'at')::float8, null, e->>'toolCallId', e->'data')
      from jsonb_array_elements(${JSON.stringify(rows)}::text::jsonb) e`;
  }
  if (live) return callId;
  await forTeam(teamId, (tx) =>
    tx.insert(recordings).values({
      callId,
      teamId,
      state: 'ready',
      key: `${teamId}/${callId}.wav`,
      bytes: 0,
      durationMs: 0,
      peaks: longPeaks(durationMs),
    }),
  );
  return callId;
}
