'use client';
import { Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Mark } from '#src/components/shell/mark.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import { PageHead } from '#src/components/ui/page-head.tsx';
import type { CallView } from '#src/lib/calls/call-view.ts';
import type { Flag } from '#src/lib/flags/flag.ts';
import { clockTime } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** Which call this is, for a reader who knows nothing of the team. */
export function SharedHeader(props: {
  assistantName: string;
  placedAt: string;
  view: CallView;
  flags: readonly Flag[];
  lengthMs: number;
  onCopyLink: () => void;
}) {
  const { ending } = props.view;
  const broken = !ending?.failed && props.flags.some(({ severity }) => severity === 'broken');
  return (
    <PageHead
      acts={
        <Button kind="ghost" onClick={props.onCopyLink} title="C" className="phone:hidden">
          <Link2 size={15} aria-hidden="true" /> <span className="narrow:sr-only">Copy link to moment</span>
        </Button>
      }
    >
      <span className="text-accent">
        <Mark />
      </span>
      <h1 className="truncate text-lg font-bold">Call with {visibleText(props.assistantName)}</h1>
      <Chip>read only</Chip>
      {(broken || ending?.failed) && (
        <Chip tone="failed" glyph="failed">
          {ending?.failed ? 'Failed' : 'Completed but broken'}
        </Chip>
      )}
      <dl className="flex min-w-0 overflow-hidden text-sm phone:order-5 phone:grid phone:w-full phone:grid-cols-2 phone:gap-y-1.5">
        <Fact name="When">
          <LocalTime at={props.placedAt} as="moment" />
        </Fact>
        <Fact name="Lasted">
          <span className="mono">{clockTime(props.lengthMs)}</span>
        </Fact>
        <Fact name="Ended">{ending?.text.replace(/\.$/, '') ?? '–'}</Fact>
      </dl>
    </PageHead>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="border-l border-line px-[11px] leading-[1.35] whitespace-nowrap phone:whitespace-normal">
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd className="font-med text-ink">{children}</dd>
    </div>
  );
}
