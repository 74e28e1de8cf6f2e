'use client';
import { memo, useMemo } from 'react';
import { DenseLane, type DenseLook, mostBars } from '#src/components/timeline/dense-lane.tsx';
import { Lane } from '#src/components/timeline/lane.tsx';
import { openMark, spanStyle } from '#src/components/timeline/place.ts';
import { SpeechBar } from '#src/components/timeline/speech-bar.tsx';
import { classNames } from '#src/components/ui/class-names.ts';
import type { CallerTurn, Span } from '#src/lib/calls/call-item.ts';
import { between, spanIndex } from '#src/lib/timeline/span-index.ts';
import type { TimeWindow } from '#src/lib/timeline/window.ts';
import styles from './timeline.module.css';

/** Where the caller was heard, also before a turn was made of it. */
export const CallerLane = memo(function CallerLane(
  props: DenseLook & { turns: readonly CallerTurn[]; unfinished: readonly Span[]; near: TimeWindow },
) {
  const { turns, unfinished, near, ...look } = props;
  const bars = useMemo(() => spanIndex(turns.flatMap(callerBars), (bar) => bar.span), [turns]);
  const shown = between(bars, near.from, near.from + near.length);
  const dense = shown.length > mostBars;
  return (
    <Lane label="Caller said" height={22} still={dense}>
      {dense ? (
        <DenseLane {...look} index={bars} what="stretches of the caller" look={() => '--caller'} />
      ) : (
        <>
          {shown.map(({ item }) => (
            <SpeechBar
              key={`${item.id}-${item.span.from}`}
              id={item.id}
              who="caller"
              span={item.span}
              text={item.text}
              chosen={look.chosen === item.id}
              tabbable={item === shown[0]?.item}
              onChoose={look.onChoose}
            />
          ))}
          {unfinished.map((span) => (
            <i
              key={span.from}
              aria-hidden="true"
              style={spanStyle(span)}
              {...openMark(span.to)}
              className={classNames(styles.span, 'inset-y-0.5 rounded-1 bg-caller opacity-70')}
            />
          ))}
        </>
      )}
    </Lane>
  );
});

/** A turn may have pauses in it; its words stand in the first stretch. */
function callerBars(turn: CallerTurn): { id: string; span: Span; text: string }[] {
  const spans = turn.spans.length > 0 ? turn.spans : [{ from: turn.at, to: turn.at + 120 }];
  return spans.map((span, index) => ({ id: turn.id, span, text: index === 0 ? turn.text : '' }));
}
