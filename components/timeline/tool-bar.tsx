import { memo } from 'react';
import { openMark, placeStyle } from '#src/components/timeline/place.ts';
import { classNames } from '#src/components/ui/class-names.ts';
import { Glyph } from '#src/components/ui/glyph.tsx';
import type { ToolCall, ToolPart } from '#src/lib/calls/call-item.ts';
import { progressWords } from '#src/lib/calls/progress-words.ts';
import { clockTime, durationWords } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';
import styles from './timeline.module.css';

/** One tool call: dashed while it waits, solid while it ran, hatched where it failed. Its name stands beside it. */
export const ToolBar = memo(function ToolBar(props: {
  call: ToolCall;
  /** The name goes to the left, because the next bar is close. */
  nameLeft: boolean;
  nameShown: boolean;
  chosen: boolean;
  tabbable: boolean;
  onChoose: (id: string) => void;
}) {
  const { call } = props;
  const to = call.parts.some((part) => part.to === null)
    ? null
    : Math.max(call.at, ...call.parts.map((part) => part.to ?? 0));
  return (
    <>
      {call.parts.map((part) => (
        <i
          key={`${part.kind}${part.from}`}
          aria-hidden="true"
          style={placeStyle(part.from, part.to)}
          {...openMark(part.to)}
          className={classNames(styles.span, 'inset-y-[3px] min-w-2 rounded-1', partLook(part, call.effect))}
        />
      ))}
      <button
        type="button"
        aria-label={toolBarName(call)}
        aria-current={props.chosen ? 'true' : undefined}
        tabIndex={props.tabbable ? 0 : -1}
        onClick={() => props.onChoose(call.id)}
        style={placeStyle(call.at, to)}
        {...openMark(to)}
        className={classNames(
          styles.span,
          'group inset-y-[3px] min-w-2 rounded-1 aria-[current]:outline-2 aria-[current]:outline-offset-1 aria-[current]:outline-accent',
        )}
      >
        <span
          className={classNames(
            'pointer-events-none absolute top-0 z-10 flex items-center gap-1 px-1 font-mono text-[10.5px] leading-5 whitespace-nowrap text-ink-2 group-hover:flex group-focus-visible:flex',
            props.nameLeft ? 'right-full' : 'left-full',
            !props.nameShown && 'hidden group-aria-[current]:flex',
          )}
        >
          {(call.state === 'failed' || call.state === 'in-doubt') && (
            <Glyph kind={call.state === 'failed' ? 'failed' : 'doubt'} label={false} />
          )}
          {visibleText(call.tool)}
          {call.ms === null && call.progress && ` ${progressWords(call.progress)}`}
        </span>
      </button>
    </>
  );
});

function partLook(part: ToolPart, effect: 'read' | 'write'): string {
  if (part.kind === 'waiting') return 'border-[1.5px] border-dashed border-write-fill bg-write-soft';
  if (part.kind === 'failed') return 'hatch-fail';
  if (part.kind === 'doubt') return 'border-2 border-dashed border-fail-fill bg-fail-soft';
  return effect === 'read' ? 'bg-read-fill' : 'bg-write-fill';
}

function toolBarName(call: ToolCall): string {
  const took = call.ms === null ? '' : `, ${durationWords(call.ms)}`;
  const far = call.ms === null && call.progress ? `, ${progressWords(call.progress)}` : '';
  return `${call.tool}, ${call.effect}, ${call.state}${took}${far}, at ${clockTime(call.at)}`;
}
