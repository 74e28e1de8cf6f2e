'use client';
import { memo, useMemo } from 'react';
import { mostBars } from '#src/components/timeline/dense-lane.tsx';
import { Lane } from '#src/components/timeline/lane.tsx';
import { placeStyle } from '#src/components/timeline/place.ts';
import { classNames } from '#src/components/ui/class-names.ts';
import { type CallView, replyBudgetMs } from '#src/lib/calls/call-view.ts';
import type { HeardFigures } from '#src/lib/calls/recording.ts';
import { heardReply } from '#src/lib/latency/heard-reply.ts';
import { durationWords } from '#src/lib/time-words.ts';
import { between, spanIndex } from '#src/lib/timeline/span-index.ts';
import type { TimeWindow } from '#src/lib/timeline/window.ts';
import styles from './timeline.module.css';

const pixelsPerSecond = 10;
const height = (ms: number) => Math.min(22, Math.max(2, (ms / 1000) * pixelsPerSecond));

/** How long the caller waited for each answer: filled as the pipeline tells, framed as the recording has it. */
export const DelayLane = memo(function DelayLane(props: {
  turns: CallView['agent'];
  heard: HeardFigures | null;
  near: TimeWindow;
}) {
  const { turns, heard, near } = props;
  const delays = useMemo(
    () =>
      spanIndex(
        turns.flatMap((turn) => {
          const heardMs = heardReply(heard, turn.span);
          const ms = heardMs ?? turn.delayMs;
          return ms === null ? [] : [{ id: turn.id, at: turn.at, pipelineMs: turn.delayMs, heardMs, ms }];
        }),
        ({ at }) => ({ from: at, to: at }),
      ),
    [turns, heard],
  );
  const shown = between(delays, near.from, near.from + near.length);
  // The slowest are what one looks for where there is no room for all.
  const drawn = shown.length > mostBars ? shown.toSorted((a, b) => b.item.ms - a.item.ms).slice(0, mostBars) : shown;
  const budget = (
    <span
      className="absolute inset-x-0 border-t border-dashed border-control/70"
      style={{ bottom: height(replyBudgetMs) }}
    >
      <b className="absolute bottom-px left-0 text-[10.5px] font-reg text-ink-3 phone:hidden">
        budget {replyBudgetMs / 1000} s
      </b>
    </span>
  );
  return (
    <Lane label="Reply delay" height={34} bare behind={budget}>
      {drawn.map(({ item }) => {
        const slow = item.ms > replyBudgetMs;
        return (
          <span
            key={item.id}
            title={[
              item.pipelineMs !== null && `${durationWords(item.pipelineMs)} by the pipeline`,
              item.heardMs !== null && `${durationWords(item.heardMs)} as heard on the recording`,
            ]
              .filter(Boolean)
              .join(', ')}
            style={placeStyle(item.at)}
            className={classNames(styles.at, 'inset-y-0 -ml-3.5 w-3.5')}
          >
            {item.pipelineMs !== null && (
              <i
                style={{ height: height(item.pipelineMs) }}
                className={classNames(
                  'absolute inset-x-0 bottom-0 rounded-t-[2px]',
                  slow ? 'bg-write-fill' : 'bg-line-strong',
                )}
              />
            )}
            {item.heardMs !== null && (
              <i
                style={{ height: height(item.heardMs) }}
                className="absolute inset-x-[-2px] bottom-0 rounded-t-[3px] border border-b-0 border-control"
              />
            )}
            {shown.length <= 60 && (
              <b
                style={{ bottom: height(item.ms) }}
                className={classNames(
                  'absolute left-1/2 -translate-x-1/2 bg-surface font-mono text-[10px] leading-3 font-reg',
                  slow ? 'font-bold text-write' : 'text-ink-3',
                )}
              >
                {(item.ms / 1000).toFixed(1)}
              </b>
            )}
          </span>
        );
      })}
    </Lane>
  );
});
