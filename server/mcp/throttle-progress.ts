import type { ToolProgress } from '#src/server/mcp/mcp-session.ts';

const apartMs = 250;
const mostTold = 50;
const mostWords = 200;

export type ThrottledProgress = { told: (progress: ToolProgress) => void; stop: () => void };

/**
 * Passes a server's progress on, at most four a second and fifty in all: some tell of each byte. Of those in between the last one
 * wins. `stop` once there is an answer: what was held back is of no use then, unless `flush` says that it is.
 */
export function throttleProgress(
  tell: (progress: ToolProgress) => void,
  { now = () => performance.now(), flush = false }: { now?: () => number; flush?: boolean } = {},
): ThrottledProgress {
  let told = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  let held: ToolProgress | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const pass = (progress: ToolProgress) => {
    held = null;
    told += 1;
    lastAt = now();
    tell(progress);
  };
  const passHeld = () => {
    timer = undefined;
    if (held) pass(held);
  };
  return {
    told: ({ progress, total, message }) => {
      if (stopped || told >= mostTold) return;
      const next = {
        progress,
        ...(total === undefined ? {} : { total }),
        ...(message === undefined ? {} : { message: message.slice(0, mostWords) }),
      };
      const waitMs = lastAt + apartMs - now();
      if (waitMs <= 0 && !timer) pass(next);
      else {
        held = next;
        timer ??= setTimeout(passHeld, waitMs);
      }
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      if (flush && held && told < mostTold) pass(held);
      held = null;
    },
  };
}
