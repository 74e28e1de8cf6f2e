import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { instanceSchema } from '#src/server/supervisor/instance-file.ts';

/**
 * Ends what a killed supervisor left running. Our Node programs end by themselves when their parent is gone; LiveKit does not.
 * A process is only touched when its command line is still one of ours.
 */
export async function endLeftovers(home: string): Promise<void> {
  let processes: { name: string; pid: number | null }[] = [];
  try {
    processes = instanceSchema.parse(JSON.parse(readFileSync(path.join(home, 'instance.json'), 'utf8'))).processes;
  } catch {
    return; // no earlier run, or nothing to be learnt from it
  }
  const ours = processes.flatMap(({ name, pid }) => (pid !== null && name !== 'postgres' && isOurs(pid) ? [pid] : []));
  for (const pid of ours) signal(pid, 'SIGTERM');
  for (let i = 0; i < 20 && ours.some((pid) => isOurs(pid)); i++) await sleep(100);
  for (const pid of ours.filter((left) => isOurs(left))) signal(pid, 'SIGKILL');
}

function isOurs(pid: number): boolean {
  try {
    const args = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    return /livekit-server|server\/(agent|speech|jobs)\/|demo\/(pos|bookings|sheet)\/|next-server|next\/dist\/bin\/next/.test(
      args,
    );
  } catch {
    return false;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {
    // Gone in the meantime.
  }
}
