import { classNames } from '#src/components/ui/class-names.ts';
import type { Measured } from '#src/lib/mcp/measured.ts';

/** Half of the runs and nearly all of them, against what a tool of its server may take. */
export function SpeedBar({ measured, budgetMs }: { measured: Measured | null; budgetMs: number }) {
  if (!measured || measured.runs === 0) return <span className="text-sm text-ink-3">not measured yet</span>;
  const over = measured.p95Ms > budgetMs;
  const share = (ms: number) => `${Math.min(100, (ms / budgetMs) * 100)}%`;
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap" title={`${measured.runs} runs`}>
      <span
        aria-hidden="true"
        className="relative h-2 w-[84px] border-r border-ink bg-sunken inset-ring inset-ring-line"
      >
        <i
          className={classNames('absolute inset-y-0 left-0', over ? 'bg-write-fill' : 'bg-line-strong')}
          style={{ width: share(measured.p95Ms) }}
        />
        <i
          className={classNames('absolute inset-y-0 left-0', over ? 'bg-write-fill' : 'bg-ink-3')}
          style={{ width: share(measured.p50Ms) }}
        />
      </span>
      <span className={classNames('font-mono text-[12px]', over ? 'text-write' : 'text-ink-2')}>
        <span className="sr-only">half of the runs within </span>
        {seconds(measured.p50Ms)} / {seconds(measured.p95Ms)}{' '}
        <span className="text-ink-3">of {seconds(budgetMs)} s</span>
      </span>
    </span>
  );
}

const seconds = (ms: number): string => (ms / 1000).toFixed(ms < 100 ? 2 : 1);

/** Characters of a usual answer: as it comes, and as the model gets it where that is less. */
export function ResultSize({ measured }: { measured: Measured | null }) {
  if (!measured || measured.runs === 0) return <span className="text-ink-3">–</span>;
  const { rawChars, shapedChars } = measured;
  return (
    <span className="whitespace-nowrap">
      {shapedChars < rawChars ? `${kilo(rawChars)} → ${kilo(shapedChars)}` : kilo(rawChars)} KB
    </span>
  );
}

const kilo = (chars: number): string => (chars / 1000).toFixed(1);
