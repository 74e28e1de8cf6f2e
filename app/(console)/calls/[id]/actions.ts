'use server';
import { z } from 'zod';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { PlacedCall } from '#src/lib/calls/call.ts';
import { questionAnswerSchema } from '#src/lib/mcp/inspect.ts';
import { answerQuestion } from '#src/server/calls/answer-question.ts';
import { noteLook } from '#src/server/calls/call-looks.ts';
import { decideApproval, endCall, joinCall, sendText } from '#src/server/calls/control-call.ts';
import { listenToCall, whisperToAgent } from '#src/server/calls/supervise.ts';
import { requireMember } from '#src/server/teams/session.ts';

export async function joinCallAction(callId: string): Promise<ActionResult<PlacedCall>> {
  return runAction(async () => {
    const { teamId, userId } = await requireMember('call:control');
    return joinCall(teamId, callId, userId);
  });
}

export async function endCallAction(callId: string): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId } = await requireMember('call:control');
    await endCall(teamId, callId);
    return null;
  });
}

export async function sendTextAction(callId: string, text: string): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId } = await requireMember('call:control');
    await sendText(teamId, callId, text);
    return null;
  });
}

export async function listenAction(callId: string): Promise<ActionResult<PlacedCall>> {
  return runAction(async () => {
    const { teamId, role, userName: name, userId } = await requireMember('call:supervise');
    const place = await listenToCall(teamId, callId, name);
    await noteLook({ teamId, role, name, userId }, callId, 'listen');
    return place;
  });
}

export async function whisperAction(callId: string, text: string): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId, userName: by } = await requireMember('call:supervise');
    await whisperToAgent(teamId, callId, { text: z.string().trim().min(1).max(500).parse(text), by });
    return null;
  });
}

export async function decideApprovalAction(
  callId: string,
  toolCallId: string,
  approved: boolean,
): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId, userName: name } = await requireMember('call:approve');
    await decideApproval(teamId, callId, toolCallId, { approved, by: name });
    return null;
  });
}

export async function answerQuestionAction(callId: string, questionId: string, answer: unknown): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId, userName: by } = await requireMember('call:control');
    await answerQuestion(teamId, callId, questionId, { answer: questionAnswerSchema.parse(answer), by });
    return null;
  });
}
