import { createContext, Script } from 'node:vm';
import { isRecord } from '#src/lib/json-schema/is-record.ts';

const script = new Script('work()');
/** One for all: making one costs as much as a whole filter. The work itself is of our own world. */
const box: { work: () => void } = { work: () => {} };
const context = createContext(box);
const mostRuns = 3;

/**
 * Runs synchronous work that may not end, such as an operator's regular expression, and stops it after `budgetMs` of computing.
 * Answers null when it was stopped. On a busy machine the clock runs while we do not: such a run is not held against it.
 */
export function withinTime<T>(budgetMs: number, work: () => T): { value: T } | null {
  let done: { value: T } | null = null;
  box.work = () => {
    done = { value: work() };
  };
  try {
    for (let run = 1; run <= mostRuns; run++) {
      const before = process.threadCpuUsage();
      if (ranThrough(budgetMs)) return done;
      const { user, system } = process.threadCpuUsage(before);
      if ((user + system) / 1000 >= budgetMs / 2) return null;
    }
    return null;
  } finally {
    box.work = () => {};
  }
}

function ranThrough(timeoutMs: number): boolean {
  try {
    script.runInContext(context, { timeout: timeoutMs });
    return true;
  } catch (error) {
    // It is of the context's own world: no `instanceof` knows it.
    if (isRecord(error) && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}
