'use client';
import { useRouter } from 'next/navigation';
import { useChange } from '#src/components/settings/use-change.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Link } from '#src/lib/links/link.ts';
import { type TalkLinkState, talkLimits, talkLinkState } from '#src/lib/links/talk-link.ts';
import { visibleText } from '#src/lib/visible-text.ts';

const stateWords: Record<Exclude<TalkLinkState, 'works'>, string> = {
  'taken-back': 'taken back',
  expired: 'expired',
  'used-up': 'used up',
};

/** One tester link: whom it is for, how it stands, and the way to end it. */
export function TesterLinkRow(props: { link: Link; takeBack: (linkId: string) => Promise<ActionResult> }) {
  const { link } = props;
  const router = useRouter();
  const [busy, change] = useChange();
  const state = talkLinkState(link, Date.now());
  const name = visibleText(link.name);
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-2.5 gap-y-1 py-1.5">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-med">{name || 'For anyone'}</span>
        <span className="block text-sm text-ink-3">
          {state === 'works' && (
            <>
              works until <LocalTime at={link.expiresAt} as="moment" />,{' '}
            </>
          )}
          {link.uses} of {talkLimits(link).calls} calls used
          {link.createdBy && `, by ${visibleText(link.createdBy)}`}
        </span>
      </span>
      {state === 'works' ? (
        <Button
          size="sm"
          disabled={busy}
          aria-label={name ? `Take back the link for ${name}` : 'Take back the link for anyone'}
          onClick={() =>
            change(async () => {
              const done = await props.takeBack(link.id);
              router.refresh();
              return done;
            }, 'The link no longer works. A call that goes on may end in its time.')
          }
        >
          Take back
        </Button>
      ) : (
        <Chip>{stateWords[state]}</Chip>
      )}
    </li>
  );
}
