'use server';
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { webhookInputSchema } from '#src/lib/notices/webhook.ts';
import { type Role, roleSchema } from '#src/lib/teams/rights.ts';
import { resetDemo } from '#src/server/assistants/seed-demo.ts';
import { createWebhook, deleteWebhook } from '#src/server/notices/webhooks.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { createApiToken, revokeApiToken } from '#src/server/teams/api-tokens.ts';
import { createInvite, revokeInvite } from '#src/server/teams/invites.ts';
import { changeRole, removeMember } from '#src/server/teams/members.ts';
import { requireMember } from '#src/server/teams/session.ts';

const tokenName = z.string().trim().min(1, 'Give the token a name.').max(80);

/** Runs a change of the team by whoever is signed in, and shows it. */
async function change<T>(action: 'member:write' | 'token:write' | 'demo:reset', work: (actor: Actor) => Promise<T>) {
  return runAction(async () => {
    const member = await requireMember(action);
    const value = await work({
      teamId: member.teamId,
      role: member.role,
      name: member.userName,
      userId: member.userId,
    });
    revalidatePath('/settings');
    return value;
  });
}

export async function createInviteAction(role: Role): Promise<ActionResult<{ url: string; expiresAt: string }>> {
  return change('member:write', (actor) => createInvite(actor, roleSchema.parse(role)));
}

export async function revokeInviteAction(id: string): Promise<ActionResult> {
  return change('member:write', async (actor) => {
    await revokeInvite(actor, id);
    return null;
  });
}

export async function changeRoleAction(userId: string, role: Role): Promise<ActionResult> {
  return change('member:write', async (actor) => {
    await changeRole(actor, userId, roleSchema.parse(role));
    return null;
  });
}

export async function removeMemberAction(userId: string): Promise<ActionResult> {
  return change('member:write', async (actor) => {
    await removeMember(actor, userId);
    return null;
  });
}

export async function createTokenAction(name: string, role: Role): Promise<ActionResult<{ token: string }>> {
  return change('token:write', (actor) =>
    createApiToken(actor, { name: tokenName.parse(name), role: roleSchema.parse(role) }),
  );
}

export async function revokeTokenAction(id: string): Promise<ActionResult> {
  return change('token:write', async (actor) => {
    await revokeApiToken(actor, id);
    return null;
  });
}

export async function resetDemoAction(): Promise<ActionResult> {
  return change('demo:reset', async (actor) => {
    await resetDemo(actor.teamId);
    return null;
  });
}

export async function createWebhookAction(url: string): Promise<ActionResult<{ secret: string }>> {
  return change('token:write', (actor) => createWebhook(actor.teamId, webhookInputSchema.parse({ url: url.trim() })));
}

export async function deleteWebhookAction(id: string): Promise<ActionResult> {
  return change('token:write', async (actor) => {
    await deleteWebhook(actor.teamId, id);
    return null;
  });
}
