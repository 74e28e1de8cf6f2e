'use client';
import { Flag as FlagIcon } from 'lucide-react';
import { memo, useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import type { Flag } from '#src/lib/flags/flag.ts';
import { flagNames } from '#src/lib/flags/flag-code.ts';
import { clockTime } from '#src/lib/time-words.ts';

/** So many are read at a glance; of each kind the first comes first. */
const mostShown = 3;

/** What is wrong with a call that is over, each with its reason and the way to its moment. */
export const FlagStrip = memo(function FlagStrip(props: {
  flags: Flag[];
  onSeek: (ms: number) => void;
  onChoose: (id: string) => void;
}) {
  const [all, setAll] = useState(false);
  if (props.flags.length === 0) return null;
  const shown = all ? props.flags : firstOfEach(props.flags).slice(0, mostShown);
  const more = props.flags.length - shown.length;
  return (
    <section aria-label="What went wrong" className="flex-none border-b border-line">
      <ul className="thin-scroll max-h-[124px] overflow-y-auto px-5 py-1 phone:max-h-none phone:px-4">
        {shown.map((flag) => (
          <li key={`${flag.code}${flag.at}${flag.itemId}${flag.reason}`}>
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
        {(more > 0 || all) && props.flags.length > mostShown && (
          <li>
            <Button size="sm" kind="ghost" onClick={() => setAll(!all)}>
              {all ? 'Show less' : `Show ${more} more`}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
});

/** One of each kind first, so that many of one do not hide another. */
function firstOfEach(flags: readonly Flag[]): Flag[] {
  const seen = new Set<string>();
  const first = flags.filter(({ code }) => !seen.has(code) && seen.add(code));
  return [...first, ...flags.filter((flag) => !first.includes(flag))];
}
