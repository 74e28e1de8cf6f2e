import { AppError } from '#src/lib/app-error.ts';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { PlacedCall } from '#src/lib/calls/call.ts';
import { findAssistant, findVersion } from '#src/server/assistants/assistant-rows.ts';
import { appendCallEvent } from '#src/server/calls/event-log.ts';
import { finishCall } from '#src/server/calls/finish-call.ts';
import { freezeCall } from '#src/server/calls/freeze-call.ts';
import { callerToken, openRoom } from '#src/server/calls/livekit.ts';
import { watchDispatch } from '#src/server/calls/watch-dispatch.ts';
import { config } from '#src/server/config.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls } from '#src/server/db/schema.ts';

export type PlaceCall = {
  assistantId: string;
  /** A number: that version. `draft`: the draft. Left out: the published one, else the draft. */
  version?: number | 'draft' | undefined;
  caller:
    | { kind: 'member' | 'api'; name: string; userId: string | null }
    /** `admit` runs in the transaction that writes the call, and throws where the link lets no call through. */
    | { kind: 'guest'; name: string; linkId: string; admit: (tx: TeamTx) => Promise<void> };
  /** Lines for a synthetic caller. */
  say?: string[] | undefined;
};

/**
 * Places a call: writes it with its frozen copy, makes the room, asks for the agent, and answers with a token for that room alone.
 * The agent's join is watched in the background. Throws `not-found`, or `livekit-away` when there is no LiveKit to call over.
 */
export async function placeCall(teamId: string, o: PlaceCall): Promise<PlacedCall> {
  const id = newId('call');
  const frozen = await forTeam(teamId, async (tx) => {
    if (o.caller.kind === 'guest') await o.caller.admit(tx);
    const assistant = await findAssistant(tx, o.assistantId);
    const version = o.version === 'draft' ? null : (o.version ?? assistant.publishedVersion);
    const chosen = version === null ? assistant.draft : (await findVersion(tx, assistant.id, version)).config;
    const copy = await freezeCall(tx, {
      assistantId: assistant.id,
      version,
      config: assistantConfigSchema.parse(chosen),
    });
    await tx.insert(calls).values({
      id,
      teamId,
      assistantId: assistant.id,
      assistantName: copy.config.name,
      version,
      frozen: copy,
      room: id,
      status: 'placed',
      callerKind: o.say ? 'synthetic' : o.caller.kind,
      callerName: o.caller.name,
      callerUserId: o.caller.kind === 'guest' ? null : o.caller.userId,
      callerLinkId: o.caller.kind === 'guest' ? o.caller.linkId : null,
      say: o.say ?? null,
    });
    return copy;
  });
  const [token] = await Promise.all([
    callerToken(id, o.caller.name),
    start(teamId, id),
    appendCallEvent(teamId, id, {
      id: newId('evt'),
      type: 'call-placed',
      at: null,
      data: {
        assistant: frozen.config.name,
        version: frozen.version,
        caller: o.caller.name,
        synthetic: o.say !== undefined,
      },
    }),
  ]);
  return { id, room: id, url: config().livekit.publicUrl, token };
}

async function start(teamId: string, id: string): Promise<void> {
  try {
    await openRoom(id, id);
  } catch (cause) {
    const message = 'The call could not be placed: LiveKit does not answer.';
    await finishCall(teamId, id, { status: 'failed', code: 'livekit-away', message });
    throw new AppError('livekit-away', message, {
      status: 503,
      retryable: true,
      hint: 'Check that LiveKit runs (`npx patchbay status`), then call again.',
      cause,
    });
  }
  void watchDispatch(teamId, id);
  // A synthetic caller, when one is wanted, is started by the jobs process.
  await connection().sql.notify('calls_placed', id);
}
