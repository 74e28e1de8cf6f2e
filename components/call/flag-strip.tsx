'use client';
import { Flag as FlagIcon } from 'lucide-react';
import type { Flag } from '#src/lib/flags/flag.ts';
import { flagNames } from '#src/lib/flags/flag-code.ts';
import { clockTime } from '#src/lib/time-words.ts';

/** What is wrong with a call that is over, each with its reason and the way to its moment. */
export function FlagStrip(props: { flags: Flag[]; onSeek: (ms: number) => void; onChoose: (id: string) => void }) {
  if (props.flags.length === 0) return null;
  return (
    <ul
      aria-label="What went wrong"
      className="thin-scroll max-h-[104px] flex-none overflow-y-auto border-b border-line px-5 py-1 phone:max-h-none phone:px-4"
    >
      {props.flags.map((flag) => (
        <li key={`${flag.code}${flag.at}${flag.itemId}`}>
          <button
            type="button"
            onClick={() => (flag.itemId === null ? props.onSeek(flag.at) : props.onChoose(flag.itemId))}
            className="flex min-h-7 w-full items-baseline gap-2 rounded-1 py-1 text-left hover:bg-hover phone:min-h-11 phone:flex-wrap"
          >
            <FlagIcon
              size={12}
              strokeWidth={2}
              aria-hidden="true"
              className={`shrink-0 translate-y-px ${flag.severity === 'broken' ? 'fill-fail-soft text-fail' : 'text-write'}`}
            />
            <b className={`shrink-0 font-med ${flag.severity === 'broken' ? 'text-fail' : 'text-write'}`}>
              {flagNames[flag.code]}
            </b>
            <span className="min-w-0 flex-1 text-ink-2">{flag.reason}</span>
            <span className="shrink-0 font-mono text-sm text-accent underline">{clockTime(flag.at)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
