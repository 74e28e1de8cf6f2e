import { execFileSync } from 'node:child_process';
import { z } from 'zod';

const stateSchema = z.object({ url: z.string(), setupUrl: z.string().nullable(), home: z.string(), token: z.string() });
export type State = z.infer<typeof stateSchema>;

/** Hands what the global set-up knows to the test processes. */
export function writeState(state: State): void {
  process.env.PATCHBAY_E2E = JSON.stringify(state);
}

/** The instance that the tests run against. */
export function state(): State {
  return stateSchema.parse(JSON.parse(process.env.PATCHBAY_E2E ?? '{}'));
}

const processesSchema = z.object({
  livekitUrl: z.string(),
  processes: z.array(z.object({ name: z.string(), state: z.string(), pid: z.number().nullable() })),
});

/** What runs in that instance. */
export function processes(): z.infer<typeof processesSchema>['processes'] {
  const env = { ...process.env, PATCHBAY_HOME: state().home };
  return processesSchema.parse(
    JSON.parse(execFileSync('node', ['scripts/patchbay.mjs', 'status', '--json'], { env, encoding: 'utf8' })),
  ).processes;
}

/** Kills one process of the instance, as a crash does; answers with its pid. */
export function kill(name: string): number {
  const pid = processes().find((found) => found.name === name)?.pid;
  if (!pid) throw new Error(`there is no process ${name}`);
  process.kill(pid, 'SIGKILL');
  return pid;
}
