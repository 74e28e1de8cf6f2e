'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useChange } from '#src/components/settings/use-change.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { ConfirmDialog } from '#src/components/ui/confirm-dialog.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Link } from '#src/lib/links/link.ts';
import { linkState } from '#src/lib/links/link-state.ts';
import { counted } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** One link to a call: whom it is for, how it stands, how often it was opened, and taking it back. */
export function ShareLinkRow({ link, revoke }: { link: Link; revoke: (id: string) => Promise<ActionResult> }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const [busy, change] = useChange();
  // How it stood when it was drawn; whoever opens it is told how it stands then.
  const [nowMs] = useState(() => Date.now());
  const state = linkState(link, nowMs);
  const name = visibleText(link.name) || 'Share link';
  const takeBack = async () => {
    const done = await revoke(link.id);
    if (done.ok) router.refresh();
    return done;
  };
  return (
    <li className="flex items-center gap-2 border-b border-line py-1.5 last:border-0">
      <span className="min-w-0 flex-1">
        <span className={`block truncate font-med ${state === 'works' ? '' : 'text-ink-3'}`}>{name}</span>
        <span className="block text-sm text-ink-3">
          {state === 'works' && (
            <>
              Works until <LocalTime at={link.expiresAt} as="moment" />,{' '}
            </>
          )}
          {link.uses === 0 ? 'never opened' : `opened ${counted(link.uses, 'time')}`}, made{' '}
          <LocalTime at={link.createdAt} as="moment" />
          {link.createdBy && ` by ${visibleText(link.createdBy)}`}
          {[link.options.recording && 'with the recording', link.options.payloads && 'with tool content']
            .filter(Boolean)
            .map((what) => `, ${what}`)}
        </span>
      </span>
      {state === 'works' ? (
        <Button size="sm" kind="ghost" disabled={busy} aria-label={`Take back ${name}`} onClick={() => setAsking(true)}>
          Take back
        </Button>
      ) : (
        <Chip>{state === 'expired' ? 'expired' : 'taken back'}</Chip>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Take back ${name}?`}
        act="Take back"
        onAct={() => change(takeBack, 'The link opens nothing any more.')}
      >
        Whoever has it is told that it was taken back. It cannot be given again; a new link can be made.
      </ConfirmDialog>
    </li>
  );
}
