import { createHash } from 'node:crypto';
import { canonicalJson } from '#src/server/mcp/definition-hash.ts';
import type { ToolRequest } from '#src/server/tools/tool-runtime.ts';
import type { ReadyStep } from '#src/server/tools/tool-step.ts';

/**
 * Names a read for the cache: two with the same key have the same answer for the same key holder. The filter is part of it,
 * because answers are kept as they were filtered.
 */
export function readKey({ request, tool, args }: ReadyStep): string {
  const { id, url, credentialId, envCredentialId } = request.server;
  const { outputFilter } = tool.policy;
  return digest({ id, url, credentialId, envCredentialId, tool: request.tool, hash: tool.hash, args, outputFilter });
}

/** Names a write by what it does, whoever asked for it. */
export function deedKey({ request, args }: { request: Pick<ToolRequest, 'server' | 'tool'>; args: unknown }): string {
  return digest({ id: request.server.id, tool: request.tool, args });
}

/**
 * Names one request for a write: what it does and the yes that released it, or the turn where no yes is needed. The same order after a
 * new read-back is a new request. Without a turn each is one of its own.
 */
export function writeKey(step: ReadyStep): string {
  return digest({
    deed: deedKey(step),
    released: step.request.release?.id ?? step.request.turnId ?? step.ids.toolCallId,
  });
}

function digest(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
