import { counted, someOf } from '#src/lib/mcp/readiness/words.ts';
import type { Readiness } from '#src/lib/mcp/readiness.ts';

export type ServerReadiness = { score: number; messages: string[] };

/** More than this and a model begins to take the wrong one. */
const manyTools = 20;

/**
 * The score of a server: 60 % the mean of its tools, 40 % the worst one (as TDQS weighs them), since the caller meets the worst.
 * Null when there are none. Take the tools that assistants may use, or all while none is allowed.
 */
export function judgeServer(tools: readonly { name: string; readiness: Readiness }[]): ServerReadiness | null {
  const [first] = tools;
  if (!first) return null;
  const mean = tools.reduce((sum, { readiness }) => sum + readiness.score, 0) / tools.length;
  const worst = tools.reduce((low, tool) => (tool.readiness.score < low.readiness.score ? tool : low), first);
  const score = Math.round(0.6 * mean + 0.4 * worst.readiness.score);
  const colliding = tools.filter(({ readiness }) =>
    readiness.reasons.some(({ rule, message }) => rule === 'name' && message.includes('same name')),
  );
  return {
    score,
    messages: [
      `${counted(tools.length, 'tool')}, ${Math.round(mean)} on average. The weakest is ${worst.name.slice(0, 64)} with ${worst.readiness.score}.`,
      ...(colliding.length > 0
        ? [`Other servers have tools of the same name: ${someOf(colliding.map(({ name }) => name))}.`]
        : []),
      ...(tools.length > manyTools
        ? [`A model chooses badly among ${tools.length.toLocaleString('en')} tools: allow fewer.`]
        : []),
    ],
  };
}
