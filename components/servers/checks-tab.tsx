'use client';
import { EarlierChecks } from '#src/components/handshake/earlier-checks.tsx';
import { HookKey, type MakeHookKey } from '#src/components/servers/hook-key.tsx';
import type { Handshake } from '#src/lib/mcp/handshake.ts';
import type { ServerCheck } from '#src/lib/mcp/server-check.ts';
import type { ServerUsage } from '#src/lib/mcp/server-usage.ts';
import { counted, durationWords } from '#src/lib/time-words.ts';

export type ChecksProps = {
  checks: Handshake[];
  history: ServerCheck[];
  watchMinutes: number | null;
  usage: ServerUsage;
  /** Null for those who may not. */
  makeHookKey: MakeHookKey | null;
};

/** How a server was over time: every check as a bar, what it was asked so far, and each handshake in words. */
export function ChecksTab({ checks, history, watchMinutes, usage, makeHookKey }: ChecksProps) {
  const failed = history.filter((check) => !check.ok).length;
  return (
    <div className="grid gap-5 px-5 py-3.5 phone:px-4">
      <section aria-label="Health">
        <h3 className="font-bold">Health</h3>
        <p className="text-sm text-ink-3">
          {watchMinutes === null
            ? 'Only checked when someone asks.'
            : `Checked every ${watchMinutes === 1 ? 'minute' : `${watchMinutes} minutes`}.`}{' '}
          {history.length > 0 &&
            `${failed === 0 ? 'None' : failed} of the last ${counted(history.length, 'check')} failed.`}
        </p>
        <Sparkline history={history} />
      </section>
      <section aria-label="Usage">
        <h3 className="font-bold">Usage</h3>
        <dl className="mt-1 flex flex-wrap gap-x-8 gap-y-2">
          <Fact name="Last minute" value={limited(usage.lastMinute, usage.limits.perMinute)} />
          <Fact name="Last day" value={usage.lastDay.toLocaleString('en')} />
          <Fact name="Failed, last day" value={usage.failedLastDay.toLocaleString('en')} />
          {usage.restsUntil && <Fact name="Now" value="rests after failures" />}
          <Fact name="In calls" value={usage.bySource.call.toLocaleString('en')} />
          <Fact name="By hand" value={usage.bySource.inspector.toLocaleString('en')} />
        </dl>
      </section>
      <section aria-label="Handshakes">
        <h3 className="mb-1 font-bold">Handshakes</h3>
        <EarlierChecks checks={checks} />
      </section>
      {makeHookKey && <HookKey make={makeHookKey} />}
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-sm text-ink-3">{name}</dt>
      <dd className="font-mono">{value}</dd>
    </div>
  );
}

const limited = (count: number, most: number | null): string =>
  most === null ? count.toLocaleString('en') : `${count.toLocaleString('en')} of ${most.toLocaleString('en')}`;

const barHeight = 36;

/** Checks in order, oldest first: the higher the slower; a failed one is hatched and full. */
function Sparkline({ history }: { history: readonly ServerCheck[] }) {
  if (history.length === 0) return null;
  const slowest = Math.max(...history.map((check) => check.ms), 1);
  return (
    <div
      role="img"
      aria-label={`${counted(history.length, 'check')}, the slowest ${durationWords(slowest)}`}
      className="mt-2 flex h-10 items-end gap-px border-b border-line"
    >
      {history.map((check) => (
        <i
          key={check.at}
          title={`${new Date(check.at).toLocaleString()}: ${check.ok ? durationWords(check.ms) : 'failed'}`}
          className={check.ok ? 'w-[5px] bg-read-fill' : 'hatch-fail w-[5px]'}
          style={{ height: check.ok ? Math.max(3, (check.ms / slowest) * barHeight) : barHeight }}
        />
      ))}
    </div>
  );
}
