'use client';
import { memo, useMemo } from 'react';
import { DenseLane, type DenseLook, mostBars } from '#src/components/timeline/dense-lane.tsx';
import { Lane } from '#src/components/timeline/lane.tsx';
import { placeStyle } from '#src/components/timeline/place.ts';
import { SpeechBar } from '#src/components/timeline/speech-bar.tsx';
import { classNames } from '#src/components/ui/class-names.ts';
import type { AgentTurn, Span } from '#src/lib/calls/call-item.ts';
import { between, spanIndex } from '#src/lib/timeline/span-index.ts';
import type { TimeWindow } from '#src/lib/timeline/window.ts';
import styles from './timeline.module.css';

/** About as fast as a voice speaks, for words whose time nobody knows. */
const msPerCharacter = 60;

/** What the agent said, and behind it, hatched, what nobody heard of it. */
export const AgentLane = memo(function AgentLane(props: DenseLook & { turns: readonly AgentTurn[]; near: TimeWindow }) {
  const { turns, near, ...look } = props;
  const bars = useMemo(() => spanIndex(turns, heardAndNot), [turns]);
  const shown = between(bars, near.from, near.from + near.length);
  const dense = shown.length > mostBars;
  return (
    <Lane label="Agent said" height={22} still={dense}>
      {dense ? (
        <DenseLane {...look} index={bars} what="turns of the agent" look={() => '--agent'} />
      ) : (
        shown.map(({ item: turn }, index) => (
          <div key={turn.id} className="contents">
            <SpeechBar
              id={turn.id}
              who="agent"
              span={turn.span}
              text={turn.cut ? turn.cut.heard : turn.text}
              chosen={look.chosen === turn.id}
              tabbable={index === 0}
              onChoose={look.onChoose}
            />
            {turn.cut && (
              <i
                title="Made, but never heard"
                style={placeStyle(
                  turn.cut.at,
                  Math.min(shown[index + 1]?.item.at ?? Number.POSITIVE_INFINITY, unheardTo(turn)),
                )}
                className={classNames(styles.span, 'hatch-unheard inset-y-0.5 rounded-1')}
              />
            )}
          </div>
        ))
      )}
    </Lane>
  );
});

const unheardTo = (turn: AgentTurn): number =>
  turn.cut ? turn.cut.at + msPerCharacter * turn.cut.unheard.length : (turn.span.to ?? turn.at);

/** Where a turn is seen: also what was cut off of it. */
function heardAndNot(turn: AgentTurn): Span {
  return turn.cut ? { from: turn.span.from, to: unheardTo(turn) } : turn.span;
}
