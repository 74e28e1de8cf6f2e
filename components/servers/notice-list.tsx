'use client';
import Link from 'next/link';
import { useOptimistic, useTransition } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { Glyph, type GlyphKind } from '#src/components/ui/glyph.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Notice, NoticeKind } from '#src/lib/notices/notice.ts';
import { counted } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

const glyphs: Record<NoticeKind, GlyphKind> = {
  'server-down': 'failed',
  'server-up': 'ok',
  'definition-changed': 'waiting',
  'tools-changed': 'retried',
};

/** What happened to servers since someone last looked. */
export function NoticeList(props: { notices: Notice[]; seen: (ids: string[]) => Promise<ActionResult> }) {
  const [, start] = useTransition();
  const [shown, setShown] = useOptimistic(props.notices);
  if (shown.length === 0) return null;
  return (
    <section aria-label="Notices" className="border-b border-line">
      <div className="flex items-center gap-2 px-5 pt-2.5 phone:px-4">
        <h2 className="flex-1 text-sm font-med text-ink-2">{counted(shown.length, 'notice')}</h2>
        <Button
          size="sm"
          kind="ghost"
          onClick={() =>
            start(async () => {
              setShown([]);
              await props.seen(props.notices.map((notice) => notice.id));
            })
          }
        >
          Mark as seen
        </Button>
      </div>
      <ul className="px-5 pb-2.5 phone:px-4">
        {shown.map((notice) => (
          <li key={notice.id} className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-baseline gap-2 py-1">
            <Glyph kind={glyphs[notice.kind]} />
            <span>
              {notice.serverId && notice.serverName ? (
                <Link href={`/servers/${notice.serverId}`} className="link">
                  {visibleText(notice.message)}
                </Link>
              ) : (
                visibleText(notice.message)
              )}
            </span>
            <span className="text-sm text-ink-3">
              <LocalTime at={notice.at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
