'use client';
import { memo, useMemo } from 'react';
import { DenseLane, type DenseLook, mostBars } from '#src/components/timeline/dense-lane.tsx';
import { Lane } from '#src/components/timeline/lane.tsx';
import { openMark, spanStyle } from '#src/components/timeline/place.ts';
import { classNames } from '#src/components/ui/class-names.ts';
import type { ModelRun } from '#src/lib/calls/call-item.ts';
import { durationWords } from '#src/lib/time-words.ts';
import { between, spanIndex } from '#src/lib/timeline/span-index.ts';
import type { TimeWindow } from '#src/lib/timeline/window.ts';
import styles from './timeline.module.css';

/** When the model ran. */
export const ModelLane = memo(function ModelLane(props: DenseLook & { runs: readonly ModelRun[]; near: TimeWindow }) {
  const { runs, near, ...look } = props;
  const bars = useMemo(() => spanIndex(runs, (run) => run), [runs]);
  const shown = between(bars, near.from, near.from + near.length);
  const dense = shown.length > mostBars;
  return (
    <Lane label="Model" height={12} bare still={dense}>
      {dense ? (
        <DenseLane {...look} index={bars} what="runs of the model" look={() => '--model'} />
      ) : (
        shown.map(({ item: run }) => (
          <i
            key={run.id}
            title={`${run.model}${run.to === null ? '' : `, ${durationWords(run.to - run.from)}`}`}
            style={spanStyle(run)}
            {...openMark(run.to)}
            className={classNames(styles.span, 'inset-y-0.5 rounded-[2px]', run.failed ? 'hatch-fail' : 'bg-model')}
          />
        ))
      )}
    </Lane>
  );
});
