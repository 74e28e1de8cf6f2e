'use server';
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type AfterCallPlan, afterCallPlanSchema } from '#src/lib/mcp/after-call-plan.ts';
import { type KnownTool, knownTool } from '#src/lib/mcp/listed-tool.ts';
import { type McpServer, type McpServerInput, mcpServerInputSchema } from '#src/lib/mcp/mcp-server.ts';
import type { OAuthStarted } from '#src/lib/mcp/oauth-steps.ts';
import { type ToolPolicy, toolPolicySchema } from '#src/lib/mcp/tool-policy.ts';
import { config } from '#src/server/config.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { makeHookKey } from '#src/server/hooks/hook-key.ts';
import { approveDefinition, longDescriptions, readServerTool, setToolPolicy } from '#src/server/mcp/catalogue.ts';
import { checkRawRight } from '#src/server/mcp/check-raw-right.ts';
import { type Imported, importServers } from '#src/server/mcp/config-file.ts';
import { deleteServer, restoreServer } from '#src/server/mcp/delete-server.ts';
import { startOAuth } from '#src/server/mcp/oauth/connect-server.ts';
import { createServer, updateServer } from '#src/server/mcp/save-server.ts';
import { markNoticesSeen } from '#src/server/notices/read-notices.ts';
import { writeAudit } from '#src/server/teams/audit.ts';
import { requireMember } from '#src/server/teams/session.ts';

const valuesSchema = z.record(z.string(), z.string());

/** Adds a server, or changes the one of this id. */
export async function saveServerAction(
  serverId: string | null,
  input: McpServerInput,
): Promise<ActionResult<McpServer>> {
  return runAction(async () => {
    const { teamId, role } = await requireMember('server:write');
    const parsed = mcpServerInputSchema.parse(input);
    await checkRawRight({ teamId, role }, serverId, parsed.rest);
    return serverId === null ? createServer(teamId, parsed) : updateServer(teamId, serverId, parsed);
  });
}

export async function deleteServerAction(serverId: string): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId } = await requireMember('server:write');
    await deleteServer(teamId, serverId);
    return null;
  });
}

export async function restoreServerAction(serverId: string): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId } = await requireMember('server:write');
    await restoreServer(teamId, serverId);
    return null;
  });
}

export async function setPoliciesAction(
  serverId: string,
  changes: { tool: string; policy: ToolPolicy }[],
): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId } = await requireMember('server:write');
    for (const change of changes) {
      await setToolPolicy(teamId, serverId, change.tool, toolPolicySchema.parse(change.policy));
    }
    revalidatePath(`/servers/${serverId}`);
    return null;
  });
}

/** Sets which tool runs when a call is over, and with what; null: none. */
export async function setAfterCallAction(serverId: string, plan: AfterCallPlan | null): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId } = await requireMember('server:write');
    await updateServer(teamId, serverId, { afterCall: afterCallPlanSchema.nullable().parse(plan) });
    revalidatePath(`/servers/${serverId}`);
    return null;
  });
}

/** Makes the key with which the server signs its hooks; it is answered only here. */
export async function makeHookKeyAction(serverId: string): Promise<ActionResult<{ key: string; url: string }>> {
  return runAction(async () => {
    const member = await requireMember('server:write');
    const { key } = await makeHookKey({ ...member, name: member.userName }, serverId);
    return { key, url: new URL(`/api/v1/hooks/${serverId}`, config().publicUrl).href };
  });
}

/** Approves the changed definition of a tool, the one that was looked at. */
export async function approveDefinitionAction(serverId: string, tool: string, hash: string): Promise<ActionResult> {
  return runAction(async () => {
    const member = await requireMember('server:write');
    await approveDefinition(member.teamId, serverId, tool, hash);
    await forTeam(member.teamId, (tx) =>
      writeAudit(tx, { ...member, name: member.userName }, 'approve-definition', `${serverId}/${tool}`),
    );
    revalidatePath(`/servers/${serverId}`);
    return null;
  });
}

/** What the list of tools leaves out of one: its definition, and why its score is what it is. */
export async function readToolAction(serverId: string, tool: string): Promise<ActionResult<KnownTool>> {
  return runAction(async () => {
    const { teamId } = await requireMember('server:read');
    return knownTool(await readServerTool(teamId, serverId, z.string().parse(tool)));
  });
}

/** The descriptions of which the list of tools has only the beginning, by name of the tool. */
export async function longDescriptionsAction(serverId: string): Promise<ActionResult<Record<string, string>>> {
  return runAction(async () => {
    const { teamId } = await requireMember('server:read');
    return longDescriptions(teamId, serverId);
  });
}

/** Starts the authorization of a server; the answer says where the person signs in. */
export async function startOAuthAction(serverId: string): Promise<ActionResult<OAuthStarted>> {
  return runAction(async () => {
    const { teamId, userId } = await requireMember('server:write');
    return startOAuth(teamId, serverId, userId);
  });
}

/** Adds the servers of a configuration file and tests each. */
export async function importServersAction(
  text: string,
  values: Record<string, string>,
): Promise<ActionResult<Imported>> {
  return runAction(async () => {
    const { teamId } = await requireMember('server:write');
    const imported = await importServers(teamId, z.string().max(1_000_000).parse(text), valuesSchema.parse(values));
    revalidatePath('/servers');
    return imported;
  });
}

export async function seenNoticesAction(ids: string[]): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId } = await requireMember('server:read');
    await markNoticesSeen(teamId, ids);
    revalidatePath('/servers');
    return null;
  });
}
