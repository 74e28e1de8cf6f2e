'use client';
import { ChevronLeft, Link2 } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useMemo } from 'react';
import { ExportMenu } from '#src/components/call/export-menu.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import { PageHead } from '#src/components/ui/page-head.tsx';
import { languageNames } from '#src/lib/assistants/spoken-language.ts';
import type { Call } from '#src/lib/calls/call.ts';
import type { CallView } from '#src/lib/calls/call-view.ts';
import { callerWords } from '#src/lib/calls/caller-words.ts';
import type { Flag } from '#src/lib/flags/flag.ts';
import { clockTime, counted } from '#src/lib/time-words.ts';

/** What call this is, how it stands, and what went wrong in it. */
export function CallHeader(props: {
  call: Call;
  view: CallView;
  flags: Flag[];
  live: boolean;
  nowMs: number;
  onCopyLink: () => void;
  acts?: ReactNode;
}) {
  const { call, view, live } = props;
  const problems = useProblems(view);
  const who = `${call.caller.name}, ${callerWords[call.caller.kind]}`;
  return (
    <PageHead
      acts={
        <>
          {props.acts}
          {!live && <ExportMenu callId={call.id} />}
          <Button
            kind="ghost"
            onClick={props.onCopyLink}
            title="C"
            className={live ? 'phone:w-10 phone:px-0' : 'phone:hidden'}
          >
            <Link2 size={15} aria-hidden="true" /> <span className="narrow:sr-only">Copy link to moment</span>
          </Button>
        </>
      }
    >
      <Link
        href="/calls"
        aria-label="Back to calls"
        className="grid size-7 place-items-center text-ink-3 hover:text-ink phone:size-10"
      >
        <ChevronLeft size={18} aria-hidden="true" />
      </Link>
      <h1 className="truncate text-lg font-bold">{call.assistantName}</h1>
      <Chip className="font-mono">{call.version === null ? 'draft' : `v${call.version}`}</Chip>
      {live ? (
        <Chip tone="live">{view.zeroAt === null ? 'Connecting' : 'Live'}</Chip>
      ) : view.ending?.failed ? (
        <Chip tone="failed" glyph="failed">
          Failed
        </Chip>
      ) : (
        <Chip className="phone:hidden">Ended</Chip>
      )}
      {!live && !view.ending?.failed && props.flags.some((flag) => flag.severity === 'broken') && (
        <Chip tone="failed" glyph="failed">
          Completed but broken
        </Chip>
      )}
      <dl className="flex min-w-0 overflow-hidden text-sm phone:order-5 phone:grid phone:w-full phone:grid-cols-2 phone:gap-y-1.5">
        <Fact name="Caller">{who}</Fact>
        <Fact name={live ? 'Running' : 'Lasted'}>
          <span className="mono">{view.zeroAt === null ? '–' : clockTime(props.nowMs)}</span>
        </Fact>
        {live ? (
          <Fact name="Placed" desk>
            <LocalTime at={call.placedAt} />
          </Fact>
        ) : (
          <Fact name="Ended">{view.ending?.text.replace(/\.$/, '') ?? '–'}</Fact>
        )}
        {view.language && <Fact name="Language">{languageNames[view.language]}</Fact>}
        {problems.length > 0 && (
          <Fact name="Problems">
            <span className="text-fail">{problems.join(', ')}</span>
          </Fact>
        )}
      </dl>
    </PageHead>
  );
}

/** What went wrong so far, counted again only where something changed: the clock of a live call has this drawn ten times a second. */
function useProblems({ tools, notes, caller, agent }: CallView): string[] {
  const failures = useMemo(() => tools.filter((tool) => tool.failure).length, [tools]);
  const faults = useMemo(() => notes.filter(({ tone }) => tone === 'failed').length, [notes]);
  const unclear = useMemo(() => caller.filter((turn) => !turn.understood).length, [caller]);
  const unproven = useMemo(
    () => agent.reduce((sum, turn) => sum + turn.claims.filter((claim) => claim.proof === null).length, 0),
    [agent],
  );
  return [
    unproven > 0 && `${unproven} unproven`,
    failures > 0 && counted(failures, 'tool failed', 'tools failed'),
    faults > 0 && counted(faults, 'fault'),
    unclear > 0 && `${unclear} not understood`,
  ].filter((words) => words !== false);
}

function Fact({ name, desk = false, children }: { name: string; desk?: boolean; children: ReactNode }) {
  return (
    <div
      className={`border-l border-line px-[11px] leading-[1.35] whitespace-nowrap narrow:nth-[n+4]:hidden phone:whitespace-normal ${desk ? 'phone:hidden' : 'phone:nth-[n+4]:block'}`}
    >
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd className="font-med text-ink">{children}</dd>
    </div>
  );
}
