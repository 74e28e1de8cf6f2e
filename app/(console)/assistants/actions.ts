'use server';
import { revalidatePath } from 'next/cache';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Assistant, AssistantConfig } from '#src/lib/assistants/assistant-config.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { readAssistant, readVersion } from '#src/server/assistants/read-assistants.ts';
import {
  createAssistant,
  deleteAssistant,
  duplicateAssistant,
  publishAssistant,
  restoreAssistant,
  saveDraft,
} from '#src/server/assistants/write-assistants.ts';
import { setToolPolicy } from '#src/server/mcp/catalogue.ts';
import { requireMember } from '#src/server/teams/session.ts';

export async function createAssistantAction(name: string): Promise<ActionResult<Assistant>> {
  return runAction(async () => {
    const { teamId } = await requireMember('assistant:write');
    return createAssistant(teamId, { name });
  });
}

export async function duplicateAssistantAction(id: string): Promise<ActionResult<Assistant>> {
  return runAction(async () => {
    const { teamId } = await requireMember('assistant:write');
    return duplicateAssistant(teamId, id);
  });
}

export async function deleteAssistantAction(id: string): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId } = await requireMember('assistant:write');
    await deleteAssistant(teamId, id);
    revalidatePath('/assistants');
    return null;
  });
}

export async function restoreAssistantAction(id: string): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId } = await requireMember('assistant:write');
    await restoreAssistant(teamId, id);
    revalidatePath('/assistants');
    return null;
  });
}

export async function saveDraftAction(
  id: string,
  config: AssistantConfig,
  ifSavedAt: string | undefined,
): Promise<ActionResult<{ savedAt: string }>> {
  return runAction(async () => {
    const { teamId } = await requireMember('assistant:write');
    const saved = await saveDraft(teamId, id, config, { ifSavedAt });
    return { savedAt: saved.draftSavedAt };
  });
}

export async function readAssistantAction(id: string): Promise<ActionResult<Assistant>> {
  return runAction(async () => {
    const { teamId } = await requireMember('assistant:read');
    return readAssistant(teamId, id);
  });
}

export async function publishAssistantAction(id: string): Promise<ActionResult<Assistant>> {
  return runAction(async () => {
    const { teamId, userName } = await requireMember('assistant:publish');
    return publishAssistant(teamId, id, userName);
  });
}

export async function readVersionAction(id: string, version: number): Promise<ActionResult<AssistantConfig>> {
  return runAction(async () => {
    const { teamId } = await requireMember('assistant:read');
    return readVersion(teamId, id, version);
  });
}

export async function allowToolsAction(
  changes: { serverId: string; tool: string; policy: ToolPolicy }[],
): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId } = await requireMember('server:write');
    for (const change of changes) await setToolPolicy(teamId, change.serverId, change.tool, change.policy);
    return null;
  });
}
