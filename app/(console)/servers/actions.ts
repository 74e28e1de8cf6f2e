'use server';
import { revalidatePath } from 'next/cache';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type McpServer, type McpServerInput, mcpServerInputSchema } from '#src/lib/mcp/mcp-server.ts';
import { type ToolPolicy, toolPolicySchema } from '#src/lib/mcp/tool-policy.ts';
import { setToolPolicy } from '#src/server/mcp/catalogue.ts';
import { deleteServer, restoreServer } from '#src/server/mcp/delete-server.ts';
import { createServer, updateServer } from '#src/server/mcp/save-server.ts';
import { requireMember } from '#src/server/teams/session.ts';

/** Adds a server, or changes the one of this id. */
export async function saveServerAction(
  serverId: string | null,
  input: McpServerInput,
): Promise<ActionResult<McpServer>> {
  return runAction(async () => {
    const { teamId } = await requireMember('server:write');
    const parsed = mcpServerInputSchema.parse(input);
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
