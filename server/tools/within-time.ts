import { createContext, Script } from 'node:vm';
import { isRecord } from '#src/lib/json-schema/is-record.ts';

const script = new Script('work()');
const mostRuns = 3;

/**
 * Runs synchronous work that may not end, such as an operator's regular expression, and stops it after `budgetMs` of computing.
 * Answers null when it was stopped. On a busy machine the clock runs while we do not: such a run is not held against it.
 */
export function withinTime<T>(budgetMs: number, work: () => T): { value: T } | null {
  let done: { value: T } | null = null;
  const context = createContext({
    work: () => {
      done = { value: work() };
    },
  });
  for (let run = 1; run <= mostRuns; run++) {
    const before = process.threadCpuUsage();
    try {
      script.runInContext(context, { timeout: budgetMs });
      return done;
    } catch (error) {
      if (!isTimeout(error)) throw error;
      const { user, system } = process.threadCpuUsage(before);
      if ((user + system) / 1000 >= budgetMs / 2) return null;
    }
  }
  return null;
}

/** The error is of the context's own world: no `instanceof` knows it. */
function isTimeout(error: unknown): boolean {
  return isRecord(error) && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
