'use client';
import Link from 'next/link';
import { FoundLine } from '#src/components/calls/found-line.tsx';
import { Spark } from '#src/components/calls/spark.tsx';
import { ButtonLink } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import type { Call } from '#src/lib/calls/call.ts';
import type { CallShape } from '#src/lib/calls/call-shape.ts';
import { replyBudgetMs } from '#src/lib/calls/call-view.ts';
import { callerWords } from '#src/lib/calls/caller-words.ts';
import { endedWords } from '#src/lib/calls/ended-words.ts';
import type { ListedCall } from '#src/lib/calls/listed-call.ts';
import { flagNames, roughFlags } from '#src/lib/flags/flag-code.ts';
import { clockTime, counted, durationWords } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

const th =
  'sticky top-0 z-10 border-b border-line bg-surface px-2.5 py-[7px] text-left text-sm font-med whitespace-nowrap text-ink-3 first:pl-5 last:pr-5';
const td =
  'h-[41px] border-b border-line px-2.5 py-1 first:pl-5 last:pr-5 phone:block phone:h-auto phone:border-0 phone:p-0 phone:first:pl-0 phone:last:pr-0';

export type ShownCall = { call: ListedCall; shape: CallShape | undefined };

/** Calls, those that go on first, then newest first. On a phone each is a few lines. */
export function CallTable({ calls, older }: { calls: ShownCall[]; older: string | null }) {
  return (
    <>
      <table className="w-full border-separate border-spacing-0 phone:block">
        <thead className="phone:sr-only">
          <tr>
            <th className={th}>Started</th>
            <th className={th}>Caller</th>
            <th className={th}>Assistant</th>
            <th className={`${th} w-[250px]`}>Turns and tools</th>
            <th className={`${th} w-[32%]`}>Outcome</th>
            <th className={`${th} text-right`}>Tools</th>
            <th className={`${th} text-right`}>Writes</th>
            <th className={`${th} text-right`}>Slowest reply</th>
            <th className={`${th} text-right`}>Length</th>
          </tr>
        </thead>
        <tbody className="phone:block">
          {calls.map(({ call, shape }) => (
            <CallRow key={call.id} call={call} shape={shape} />
          ))}
        </tbody>
      </table>
      <div className="flex items-center gap-3 px-5 py-3 text-sm text-ink-3 phone:px-4">
        {counted(calls.length, 'call')} shown, newest first.
        {older && (
          <ButtonLink href={older} size="sm">
            Older calls
          </ButtonLink>
        )}
      </div>
    </>
  );
}

function CallRow({ call, shape }: ShownCall) {
  const failures = call.stats.toolFailures;
  const broken = call.status === 'failed' || failures > 0 || call.flags.some((code) => !roughFlags.has(code));
  const replyMs = call.heardReplyMs ?? call.replyMs;
  return (
    <tr
      className={`relative hover:bg-hover phone:grid phone:grid-cols-[1fr_auto] phone:gap-x-2.5 phone:gap-y-[3px] phone:border-b phone:border-line phone:px-4 phone:py-[11px] ${
        broken ? 'phone:shadow-[inset_3px_0_0_var(--fail-fill)]' : ''
      }`}
    >
      <td
        className={`${td} font-mono text-sm whitespace-nowrap phone:col-start-2 phone:row-start-1 phone:text-ink-3 ${
          broken ? 'shadow-[inset_3px_0_0_var(--fail-fill)] phone:shadow-none' : ''
        }`}
      >
        <LocalTime at={call.placedAt} />
      </td>
      <td className={`${td} whitespace-nowrap phone:col-start-1 phone:row-start-1`}>
        <Link href={`/calls/${call.id}`} data-row className="text-ink no-underline after:absolute after:inset-0">
          {visibleText(call.caller.name)}
        </Link>{' '}
        {call.caller.kind !== 'member' && <Chip>{callerWords[call.caller.kind]}</Chip>}
      </td>
      <td className={`${td} whitespace-nowrap text-ink-2`}>
        {call.assistantName}{' '}
        <span className="mono text-xs text-ink-3">{call.version === null ? 'draft' : `v${call.version}`}</span>
      </td>
      <td className={`${td} phone:col-span-2`}>
        <Spark shape={shape} />
      </td>
      <td className={`${td} phone:col-span-2`}>
        <span className="flex flex-wrap items-center gap-x-[7px]">
          <Outcome call={call} />
        </span>
        {call.moment && <FoundLine callId={call.id} moment={call.moment} />}
      </td>
      <td className={`${td} text-right font-mono text-sm phone:hidden`}>{call.stats.toolCalls}</td>
      <td className={`${td} text-right font-mono text-sm phone:hidden ${call.writesDone > 0 ? '' : 'text-ink-3'}`}>
        {call.writesDone}
      </td>
      <td
        title={call.heardReplyMs === null ? undefined : 'As heard on the recording'}
        className={`${td} text-right font-mono text-sm whitespace-nowrap phone:hidden ${
          replyMs !== null && replyMs > replyBudgetMs ? 'text-write' : ''
        }`}
      >
        {replyMs === null ? '–' : durationWords(replyMs)}
      </td>
      <td className={`${td} text-right font-mono text-sm phone:col-start-2 phone:row-start-2`}>
        {call.startedAt && call.endedAt ? clockTime(Date.parse(call.endedAt) - Date.parse(call.startedAt)) : '–'}
      </td>
    </tr>
  );
}

function Outcome({ call }: { call: Call }) {
  if (call.status === 'live') {
    return (
      <>
        On the call now <Chip tone="live">live</Chip>
      </>
    );
  }
  if (call.status === 'placed') return <>Waiting for the agent</>;
  if (call.status === 'failed') {
    return (
      <>
        <Chip tone="failed" glyph="failed">
          failed
        </Chip>
        <span className="text-sm text-ink-3">{visibleText(call.failure?.message ?? '')}</span>
      </>
    );
  }
  const failures = call.stats.toolFailures;
  return (
    <>
      {endedWords(call.endedReason)}
      {call.flags.slice(0, 3).map((code) => (
        <Chip
          key={code}
          tone={roughFlags.has(code) ? 'waiting' : 'failed'}
          {...(roughFlags.has(code) ? {} : { glyph: 'failed' })}
        >
          {flagNames[code]}
        </Chip>
      ))}
      {call.flags.length > 3 && <Chip>{call.flags.length - 3} more</Chip>}
      {failures > 0 && (
        <Chip tone="failed" glyph="failed">
          {counted(failures, 'tool failed', 'tools failed')}
        </Chip>
      )}
    </>
  );
}
