'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import type { AfterCallRun } from '#src/lib/mcp/after-call-run.ts';
import { visibleText } from '#src/lib/visible-text.ts';

const lookEveryMs = 2_000;
/** After that a reload shows it: a server that is away may be tried for minutes. */
const mostLooks = 150;

/** Which servers were told of the call when it was over, and how that went. */
export function AfterCallList({ runs, live }: { runs: AfterCallRun[]; live: boolean }) {
  const router = useRouter();
  const waiting = runs.some(isOpen);
  const wasLive = useRef(live);
  useEffect(() => {
    // The rows come into being with the end of the call, which this page has just seen.
    if (wasLive.current && !live) router.refresh();
    wasLive.current = live;
  }, [live, router]);
  useEffect(() => {
    if (!waiting) return;
    let looks = 0;
    const timer = setInterval(() => {
      looks++;
      if (looks > mostLooks) clearInterval(timer);
      else router.refresh();
    }, lookEveryMs);
    return () => clearInterval(timer);
  }, [waiting, router]);
  if (live || runs.length === 0) return null;
  return (
    <ul aria-label="After the call" className="flex-none border-t border-line px-5 py-[7px] text-sm phone:px-4">
      {runs.map((run) => (
        <li key={run.id} className="flex flex-wrap items-center gap-x-1.5 text-ink-2">
          <Glyph kind={run.state === 'done' ? 'ok' : isOpen(run) ? 'waiting' : 'failed'} label={false} />
          <span>
            After the call:{' '}
            <Link href={`/servers/${run.serverId}`} className="font-med text-ink underline">
              {visibleText(run.serverName)}
            </Link>
            {run.tool !== '' && <span className="font-mono"> · {visibleText(run.tool)}</span>} {stateWords(run)}{' '}
            <LocalTime at={run.settledAt ?? run.at} as="seconds" />
          </span>
          {run.error && <span className={isOpen(run) ? 'text-ink-3' : 'text-fail'}>{visibleText(run.error)}</span>}
        </li>
      ))}
    </ul>
  );
}

/** It waits, or was sent just now and has no answer yet. */
const isOpen = (run: AfterCallRun): boolean => run.state === 'waiting' || (run.state === 'failed' && !run.settledAt);

function stateWords(run: AfterCallRun): string {
  if (run.state === 'done') return 'done';
  if (run.state === 'waiting') return run.attempts === 0 ? 'waits since' : `waits for another try, since`;
  return run.settledAt ? 'failed' : 'sent, no answer, since';
}
