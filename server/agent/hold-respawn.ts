import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/**
 * Keeps LiveKit's pool from starting a new idle process in the middle of a call while one is still warm: starting one
 * costs two seconds of CPU, which live calls hear on a small machine. The pool has no option for it, so its own method is
 * wrapped; when a later version has no such method, the pool works as it does by itself.
 */
export async function holdRespawn(idleProcesses: number): Promise<void> {
  const pool = await loadPool();
  if (!pool || idleProcesses === 0) return;
  const watch = pool.procWatchTask;
  let started = 0;
  pool.procWatchTask = async function (this: unknown, ...args: unknown[]) {
    if (started++ >= idleProcesses) while (isBusyAndWarm(this)) await sleep(500);
    return Reflect.apply(watch, this, args);
  };
}

type Pool = { procWatchTask: (...args: unknown[]) => Promise<unknown> };

const stateSchema = z.object({
  closed: z.boolean(),
  executors: z.array(z.looseObject({ runningJob: z.unknown().optional() })),
  warmedProcQueue: z.looseObject({ items: z.array(z.unknown()) }),
});

function isBusyAndWarm(pool: unknown): boolean {
  const state = stateSchema.safeParse(pool);
  if (!state.success || state.data.closed) return false;
  return state.data.warmedProcQueue.items.length > 0 && state.data.executors.some((process) => process.runningJob);
}

async function loadPool(): Promise<Pool | null> {
  try {
    const file = new URL('./ipc/proc_pool.js', import.meta.resolve('@livekit/agents'));
    const module: { ProcPool?: { prototype?: Pool } } = await import(file.href);
    const pool = module.ProcPool?.prototype;
    return typeof pool?.procWatchTask === 'function' ? pool : null;
  } catch {
    return null;
  }
}
