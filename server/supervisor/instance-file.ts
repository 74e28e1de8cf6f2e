import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export const processStateSchema = z.enum(['starting', 'running', 'restarting', 'stopped']);
export type ProcessState = z.infer<typeof processStateSchema>;

/** What a running instance tells of itself, at `instance.json` in its home. */
export const instanceSchema = z.object({
  pid: z.number(),
  url: z.string(),
  livekitUrl: z.string(),
  version: z.string(),
  processes: z.array(z.object({ name: z.string(), state: processStateSchema, pid: z.number().nullable() })),
  /** Address of the application's database role, for commands on this machine; the file is mode 0600. */
  databaseUrl: z.string(),
});
export type Instance = z.infer<typeof instanceSchema>;

const fileIn = (home: string) => path.join(home, 'instance.json');

/** The instance that runs on this home, or null: a file left by a killed one does not count. */
export function runningInstance(home: string): Instance | null {
  try {
    const instance = instanceSchema.parse(JSON.parse(readFileSync(fileIn(home), 'utf8')));
    return isSupervisor(instance.pid) ? instance : null;
  } catch {
    return null;
  }
}

/** Writes what runs now. */
export function writeInstance(home: string, instance: Instance): void {
  writeFileSync(fileIn(home), `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 });
}

export function removeInstance(home: string): void {
  rmSync(fileIn(home), { force: true });
}

function isSupervisor(pid: number): boolean {
  try {
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).includes(
      'server/supervisor/main.ts',
    );
  } catch {
    return false;
  }
}
