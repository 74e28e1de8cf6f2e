import type { ReadyStep } from '#src/server/tools/tool-step.ts';

/**
 * The key that all tries of one write bear, or null where its server does not promise (`idempotentHint`) that the same request twice is
 * one: then it is never sent a second time.
 */
export function idempotencyKey({ tool, ids }: Pick<ReadyStep, 'tool' | 'ids'>): string | null {
  return tool.policy.effect === 'write' && tool.definition.annotations?.idempotentHint === true ? ids.toolCallId : null;
}
