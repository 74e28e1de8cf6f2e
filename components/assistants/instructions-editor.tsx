'use client';
import { useId } from 'react';
import { Chip } from '#src/components/ui/chip.tsx';
import { classNames } from '#src/components/ui/class-names.ts';
import { counted } from '#src/lib/time-words.ts';

/** A text area with line numbers; lines that are not published yet are marked. Undo is the browser's own. */
export function InstructionsEditor(props: {
  value: string;
  onChange: (value: string) => void;
  readOnly: boolean;
  changed: Set<number>;
}) {
  const id = useId();
  const lines = props.value.split('\n');
  const tokens = Math.ceil(props.value.length / 4 / 10) * 10;
  return (
    <div className="overflow-hidden rounded-2 border border-control focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-accent">
      <div className="relative py-[7px]">
        <div aria-hidden="true" className="min-h-[88px] text-md leading-[22px] phone:text-[16px]">
          {lines.map((line, number) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
              key={number}
              className={classNames(
                'relative grid grid-cols-[38px_minmax(0,1fr)] pr-[58px]',
                props.changed.has(number) && 'bg-read-soft shadow-[inset_3px_0_0_var(--read-fill)]',
              )}
            >
              <span className="pr-[9px] text-right font-mono text-[11px] leading-[22px] text-ink-3">{number + 1}</span>
              <span className="break-words whitespace-pre-wrap text-transparent">{line || '​'}</span>
              {props.changed.has(number) && (
                <Chip tone="read" glyph="ok" className="absolute top-px right-1.5">
                  new
                </Chip>
              )}
            </div>
          ))}
        </div>
        <textarea
          id={id}
          aria-label="Instructions"
          value={props.value}
          readOnly={props.readOnly}
          spellCheck={false}
          maxLength={20_000}
          onChange={(event) => props.onChange(event.target.value)}
          placeholder="You are … You answer the phone at … Say at most two sentences."
          className="absolute inset-0 size-full resize-none overflow-hidden bg-transparent py-[7px] pr-[58px] pl-[38px] text-md leading-[22px] break-words outline-none phone:text-[16px]"
        />
      </div>
      <div className="flex items-center gap-2.5 border-t border-line bg-sunken px-2.5 py-1 text-sm text-ink-3">
        {counted(lines.length, 'line')}, about {tokens} tokens
      </div>
    </div>
  );
}
