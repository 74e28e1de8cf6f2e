import { readdirSync, readFileSync } from 'node:fs';

export type ProcessFigures = { pid: number; command: string; rssMb: number; cpuMs: number };

/** What a process and everything it forked use, from /proc (Linux); empty elsewhere. */
export function figuresOf(root: number): ProcessFigures[] {
  const parents = new Map<number, number>();
  for (const entry of listProc()) {
    const stat = read(`/proc/${entry}/stat`);
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields) parents.set(entry, Number(fields[1]));
  }
  const family = [root];
  for (const pid of family)
    for (const [child, parent] of parents) if (parent === pid && !family.includes(child)) family.push(child);
  return family.flatMap((pid) => {
    const stat = read(`/proc/${pid}/stat`);
    const memory = read(`/proc/${pid}/status`);
    if (!stat || !memory) return [];
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [
      {
        pid,
        command: (read(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' '),
        rssMb: Math.round(Number(/VmRSS:\s+(\d+)/.exec(memory)?.[1] ?? 0) / 1024),
        cpuMs: (Number(fields[11]) + Number(fields[12])) * 10,
      },
    ];
  });
}

function listProc(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
