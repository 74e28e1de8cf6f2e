'use server';
import { z } from 'zod';
import { guestAction } from '#src/app/talk/[token]/guest-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { PlacedCall } from '#src/lib/calls/call.ts';
import type { RejoinedTalk } from '#src/lib/links/talk.ts';
import { endTalkCall, placeTalkCall, rejoinTalkCall, typeInTalkCall } from '#src/server/links/talk-call.ts';

// There is no session: each of these asks what the secret opens, each time.
const secretSchema = z.string().max(200);
const callIdSchema = z.string().max(80);
const textSchema = z.string().trim().min(1).max(2000);

export async function placeTalkAction(secret: string): Promise<ActionResult<PlacedCall>> {
  return guestAction(() => placeTalkCall(secretSchema.parse(secret)));
}

export async function rejoinTalkAction(secret: string, callId: string): Promise<ActionResult<RejoinedTalk>> {
  return guestAction(() => rejoinTalkCall(secretSchema.parse(secret), callIdSchema.parse(callId)));
}

export async function typeInTalkAction(secret: string, callId: string, text: string): Promise<ActionResult> {
  return guestAction(async () => {
    await typeInTalkCall(secretSchema.parse(secret), callIdSchema.parse(callId), textSchema.parse(text));
    return null;
  });
}

export async function endTalkAction(secret: string, callId: string): Promise<ActionResult> {
  return guestAction(async () => {
    await endTalkCall(secretSchema.parse(secret), callIdSchema.parse(callId));
    return null;
  });
}
