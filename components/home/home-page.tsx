import Link from 'next/link';
import type { ReactNode } from 'react';
import { FigureTile } from '#src/components/home/figure-tile.tsx';
import { HomeTable } from '#src/components/home/home-table.tsx';
import { LatencyChart } from '#src/components/home/latency-chart.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import { type CallFilter, callsHref } from '#src/lib/calls/call-filter.ts';
import { replyBudgetMs } from '#src/lib/calls/call-view.ts';
import type { HomeFigures, ToolFigures } from '#src/lib/home/home-figures.ts';
import type { Notice } from '#src/lib/notices/notice.ts';
import { durationWords } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** What a team looks at first. Every number leads to its calls. */
export function HomePage(props: { figures: HomeFigures; openFollowUps: number; notices: Notice[] }) {
  const { figures, openFollowUps, notices } = props;
  const today = figures.days.at(-1);
  const day = (filter: CallFilter) => callsHref({ since: 'day', ...filter });
  const budget = durationWords(replyBudgetMs);
  return (
    <div className="thin-scroll min-h-0 flex-1 overflow-auto phone:overflow-visible">
      <section aria-label="The last 24 hours" className="grid grid-cols-5 border-b border-line phone:grid-cols-2">
        <FigureTile
          value={count(today?.calls)}
          label="calls in the last 24 hours"
          href={day({})}
          {...(figures.running > 0 ? { note: `${figures.running} running now` } : {})}
        />
        <FigureTile
          value={count(today?.failed)}
          label="failed"
          href={day({ status: 'failed' })}
          {...(today?.failed ? { tone: 'fail' } : {})}
        />
        <FigureTile
          value={count(today?.flagged)}
          label="flagged"
          href={day({ flag: 'any' })}
          {...(today?.flagged ? { tone: 'fail' } : {})}
        />
        <FigureTile
          value={count(today?.slow)}
          label={`with a reply over ${budget}`}
          href={day({ replyOverMs: replyBudgetMs })}
          {...(today?.slow ? { tone: 'write' } : {})}
        />
        <FigureTile
          value={count(openFollowUps)}
          label="to follow up"
          href="/calls/follow-ups"
          {...(openFollowUps ? { tone: 'write' } : {})}
        />
      </section>
      {notices.length > 0 && (
        <section aria-label="Notices" className="border-b border-line px-5 py-3 phone:px-4">
          <h2 className="mb-1 font-bold">What servers had to tell</h2>
          <ul className="grid gap-1">
            {notices.map((notice) => (
              <li key={notice.id} className="flex flex-wrap gap-x-2 text-ink-2">
                <span className="text-sm text-ink-3">
                  <LocalTime at={notice.at} />
                </span>
                {notice.serverId !== null && notice.serverName !== null ? (
                  <Link href={`/servers/${notice.serverId}`} className="link min-w-0 break-words">
                    {visibleText(notice.message)}
                  </Link>
                ) : (
                  <span className="min-w-0 break-words">{visibleText(notice.message)}</span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label="Longest reply of a call" className="border-b border-line px-5 py-4 phone:px-4">
        <h2 className="font-bold">Longest reply of a call, as heard</h2>
        <p className="mb-2 flex flex-wrap gap-x-4 text-sm text-ink-3">
          <Key className="bg-agent">half of the calls waited no longer</Key>
          <Key className="bg-write-fill">nearly all (95 of 100) no longer</Key>
          <span>Dashed: the budget, {budget}. Without a recording the pipeline’s own figure counts.</span>
        </p>
        <LatencyChart days={figures.days} budgetMs={replyBudgetMs} />
        <details className="mt-1">
          <summary className="w-fit text-sm text-ink-2">The same as a table</summary>
          <HomeTable
            caption="Replies by day"
            heads={['24 hours until', 'Calls', 'Half within', '95 of 100 within']}
            rows={figures.days.toReversed().map((one) => ({
              key: one.to,
              cells: [
                <LocalTime key="day" at={one.to} as="moment" />,
                <Count key="calls" value={one.calls} filter={{ from: one.from, to: one.to }} what="calls" />,
                ms(one.p50Ms),
                ms(one.p95Ms),
              ],
            }))}
            none="No calls."
          />
        </details>
      </section>
      <div className="grid grid-cols-2 narrow:grid-cols-1 phone:grid-cols-1">
        <HomeTable
          caption="Versions, last 7 days"
          heads={['Version', 'Calls', 'Failed', 'Flagged', 'Reply, 95 of 100']}
          rows={figures.versions.map((one) => {
            const these: CallFilter = { since: 'week', assistantId: one.assistantId, version: one.version ?? 'draft' };
            const name = `${one.assistantName} ${one.version === null ? 'draft' : `v${one.version}`}`;
            return {
              key: name,
              cells: [
                visibleText(name),
                <Count key="calls" value={one.calls} filter={these} what={`calls of ${name}`} />,
                <Count
                  key="failed"
                  value={one.failed}
                  filter={{ ...these, status: 'failed' }}
                  what={`failed calls of ${name}`}
                />,
                <Count
                  key="flagged"
                  value={one.flagged}
                  filter={{ ...these, flag: 'any' }}
                  what={`flagged calls of ${name}`}
                />,
                ms(one.p95Ms),
              ],
            };
          })}
          none="No calls in the last 7 days."
        />
        <HomeTable
          caption="Slowest tools, last 7 days"
          heads={['Tool', 'Calls', '95 of 100 within']}
          rows={figures.slowest.map((one) => ({
            key: `${one.serverId} ${one.tool}`,
            cells: [
              <ToolName key="tool" one={one} />,
              <Count
                key="calls"
                value={one.calls}
                filter={{ since: 'week', tool: one.tool }}
                what={`calls that used ${one.tool}`}
              />,
              ms(one.p95Ms),
            ],
          }))}
          none="No tool ran in the last 7 days."
        />
        <HomeTable
          caption="Most failing tools, last 7 days"
          heads={['Tool', 'Calls', 'Runs that failed']}
          rows={figures.failing.map((one) => ({
            key: `${one.serverId} ${one.tool}`,
            cells: [
              <ToolName key="tool" one={one} />,
              <Count
                key="calls"
                value={one.failedCalls}
                filter={{ since: 'week', failedTool: one.tool }}
                what={`calls in which ${one.tool} failed`}
              />,
              `${Math.round((100 * one.failures) / one.runs)} %`,
            ],
          }))}
          none="No tool failed in the last 7 days."
        />
      </div>
    </div>
  );
}

const count = (value = 0): string => value.toLocaleString('en');
const ms = (value: number | null): string => (value === null ? '–' : durationWords(value));

function Count({ value, filter, what }: { value: number; filter: CallFilter; what: string }) {
  if (value === 0) return '0';
  return (
    <Link href={callsHref(filter)} aria-label={`${count(value)} ${visibleText(what)}`} className="link">
      {count(value)}
    </Link>
  );
}

function ToolName({ one }: { one: ToolFigures }) {
  return (
    <>
      <span className="mono break-all">{visibleText(one.tool)}</span>{' '}
      <Link href={`/servers/${one.serverId}`} className="text-sm text-ink-3 no-underline hover:underline">
        {visibleText(one.serverName)}
      </Link>
    </>
  );
}

function Key({ className, children }: { className: string; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <i aria-hidden="true" className={`h-[3px] w-4 rounded-1 ${className}`} />
      {children}
    </span>
  );
}
