import { type AppError, isAppError, notFound } from '#src/lib/app-error.ts';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { PlacedCall } from '#src/lib/calls/call.ts';
import type { RejoinedTalk, Talk } from '#src/lib/links/talk.ts';
import { talkLinkState } from '#src/lib/links/talk-link.ts';
import { findAssistant, findVersion } from '#src/server/assistants/assistant-rows.ts';
import { endCall, openCallRow, sendText } from '#src/server/calls/control-call.ts';
import { callerToken } from '#src/server/calls/livekit.ts';
import { placeCall } from '#src/server/calls/place-call.ts';
import { findCall } from '#src/server/calls/read-calls.ts';
import { config } from '#src/server/config.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { findLink, linkOver, openLink } from '#src/server/links/links.ts';
import { returnTalkUse, takeTalkUse, talkUsedUp } from '#src/server/links/talk-uses.ts';
import { teamSettingsIn } from '#src/server/teams/team-settings.ts';

/** The name of whoever calls by a link. */
const guestName = 'Guest';

/** What a tester link leads to. Throws `link-unknown` (404), `link-over` or `link-used-up` (410). */
export async function readTalk(secret: string): Promise<Talk> {
  const { teamId, link } = await openLink('talk', secret);
  if (talkLinkState(link, Date.now()) === 'used-up') throw talkUsedUp();
  return forTeam(teamId, async (tx) => {
    const assistant = await findAssistant(tx, link.subjectId).catch(whatIsGone);
    if (assistant.publishedVersion === null) throw gone();
    const version = await findVersion(tx, assistant.id, assistant.publishedVersion);
    const { name, recording } = assistantConfigSchema.parse(version.config);
    const consent = recording ? (await teamSettingsIn(tx, teamId)).consent : '';
    return { assistantName: name, linkName: link.name, recorded: recording, consent };
  });
}

/**
 * Places a call with the published version, as a guest. Throws like `readTalk`, and `line-busy` (429) while as many calls of the link
 * go on as may. A call that LiveKit does not take is not counted.
 */
export async function placeTalkCall(secret: string): Promise<PlacedCall> {
  const { teamId, link } = await openLink('talk', secret);
  const { id: assistantId, publishedVersion } = await forTeam(teamId, (tx) => findAssistant(tx, link.subjectId)).catch(
    whatIsGone,
  );
  if (publishedVersion === null) throw gone();
  try {
    return await placeCall(teamId, {
      assistantId,
      version: publishedVersion,
      caller: { kind: 'guest', name: guestName, linkId: link.id, admit: (tx) => takeTalkUse(tx, link.id) },
    });
  } catch (error) {
    if (isAppError(error) && error.code === 'livekit-away') await returnTalkUse(teamId, link.id);
    throw error;
  }
}

/** A new token for whoever was in the call, also when the link is over by now. Throws `link-unknown`, `not-found` or `call-over`. */
export async function rejoinTalkCall(secret: string, callId: string, nowMs = Date.now()): Promise<RejoinedTalk> {
  const call = await openCallRow(await teamOfCall(secret, callId), callId);
  return {
    placed: {
      id: call.id,
      room: call.room,
      url: config().livekit.publicUrl,
      token: await callerToken(call.room, call.callerName),
    },
    assistantName: call.assistantName,
    runningMs: call.clockStart ? Math.max(0, nowMs - call.clockStart.getTime()) : 0,
  };
}

/** Says something in writing in a call of this link. Throws `link-unknown`, `not-found`, `call-over` or `agent-away`. */
export async function typeInTalkCall(secret: string, callId: string, text: string): Promise<void> {
  await sendText(await teamOfCall(secret, callId), callId, text);
}

/** Hangs up a call of this link. Throws `link-unknown`, `not-found` or `call-over`. */
export async function endTalkCall(secret: string, callId: string): Promise<void> {
  await endCall(await teamOfCall(secret, callId), callId);
}

/** The team of a call that came by this link; a call by another link, or of a member, does not exist for it. */
async function teamOfCall(secret: string, callId: string): Promise<string> {
  const { teamId, link } = await findLink('talk', secret);
  const call = await forTeam(teamId, (tx) => findCall(tx, callId));
  if (call.callerLinkId !== link.id) throw notFound('call');
  return teamId;
}

function whatIsGone(error: unknown): never {
  throw isAppError(error) && error.code === 'not-found' ? gone() : error;
}

const gone = (): AppError => linkOver('The assistant of this link is gone.');
