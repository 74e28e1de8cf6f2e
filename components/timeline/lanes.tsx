'use client';
import { memo } from 'react';
import { Lane } from '#src/components/timeline/lane.tsx';
import { placeStyle, spanStyle } from '#src/components/timeline/place.ts';
import { SpeechBar } from '#src/components/timeline/speech-bar.tsx';
import { ToolBar } from '#src/components/timeline/tool-bar.tsx';
import { classNames } from '#src/components/ui/class-names.ts';
import { type CallView, replyBudgetMs } from '#src/lib/calls/call-view.ts';
import { durationWords } from '#src/lib/time-words.ts';
import styles from './timeline.module.css';

const pixelsPerSecond = 10;
/** About as fast as a voice speaks, for words whose time nobody knows. */
const msPerCharacter = 60;

/** The lanes of one call. Drawn again only when the call has something new, not because time passes. */
export const Lanes = memo(function Lanes(props: {
  view: CallView;
  chosen: string | null;
  onChoose: (id: string) => void;
  /** How long the whole width is, to know whether names have room. */
  lengthMs: number;
}) {
  const { view, chosen, onChoose, lengthMs } = props;
  const delays = view.agent.filter((turn) => turn.delayMs !== null);
  const crowded = lengthMs / 60;
  return (
    <>
      <Lane label="Caller" height={22}>
        {view.caller.flatMap((turn) =>
          (turn.spans.length > 0 ? turn.spans : [{ from: turn.at, to: turn.at + 120 }]).map((span, index) => (
            <SpeechBar
              key={`${turn.id}-${span.from}`}
              who="caller"
              span={span}
              text={index === 0 ? turn.text : ''}
              chosen={chosen === turn.id}
              tabbable={turn === view.caller[0] && index === 0}
              onChoose={() => onChoose(turn.id)}
            />
          )),
        )}
        {view.unfinished.map((span) => (
          <i
            key={span.from}
            aria-hidden="true"
            style={spanStyle(span)}
            className={classNames(styles.span, 'inset-y-0.5 rounded-1 bg-caller opacity-70')}
          />
        ))}
      </Lane>
      <Lane label="Agent" height={22}>
        {view.agent.map((turn, index) => (
          <div key={turn.id} className="contents">
            <SpeechBar
              who="agent"
              span={turn.span}
              text={turn.cut ? turn.cut.heard : turn.text}
              chosen={chosen === turn.id}
              tabbable={index === 0}
              onChoose={() => onChoose(turn.id)}
            />
            {turn.cut && (
              <i
                title="Made, but never heard"
                style={placeStyle(
                  turn.cut.at,
                  Math.min(
                    view.agent[index + 1]?.at ?? Number.POSITIVE_INFINITY,
                    turn.cut.at + msPerCharacter * turn.cut.unheard.length,
                  ),
                )}
                className={classNames(styles.span, 'hatch-unheard inset-y-0.5 rounded-1')}
              />
            )}
          </div>
        ))}
      </Lane>
      <Lane label="Model" height={12} bare>
        {view.models.map((run) => (
          <i
            key={run.id}
            title={`${run.model}${run.to === null ? '' : `, ${durationWords(run.to - run.from)}`}`}
            style={spanStyle(run)}
            className={classNames(styles.span, 'inset-y-0.5 rounded-[2px]', run.failed ? 'hatch-fail' : 'bg-model')}
          />
        ))}
      </Lane>
      <Lane label="Tools" height={26}>
        {view.tools.map((call, index) => {
          const room = (view.tools[index + 1]?.at ?? Number.POSITIVE_INFINITY) - call.at;
          const roomBefore = call.at - (view.tools[index - 1]?.at ?? 0);
          const needed = crowded * (call.tool.length / 2.2 + 2);
          return (
            <ToolBar
              key={call.id}
              call={call}
              nameLeft={room < needed && roomBefore > needed * 2}
              nameShown={room >= needed || roomBefore > needed * 2}
              chosen={chosen === call.id}
              tabbable={index === 0}
              onChoose={() => onChoose(call.id)}
            />
          );
        })}
      </Lane>
      <Lane label="Reply delay" height={34} bare>
        <span
          className="absolute inset-x-0 border-t border-dashed border-control/70"
          style={{ bottom: (replyBudgetMs / 1000) * pixelsPerSecond }}
        >
          <b className="absolute bottom-px left-0 text-[10.5px] font-reg text-ink-3 phone:hidden">
            budget {replyBudgetMs / 1000} s
          </b>
        </span>
        {delays.map((turn) => {
          const seconds = (turn.delayMs ?? 0) / 1000;
          const slow = (turn.delayMs ?? 0) > replyBudgetMs;
          return (
            <span
              key={turn.id}
              style={{ ...placeStyle(turn.at), height: Math.min(22, Math.max(2, seconds * pixelsPerSecond)) }}
              className={classNames(
                styles.at,
                '-ml-3.5 bottom-0 w-3.5 rounded-t-[2px]',
                slow ? 'bg-write-fill' : 'bg-line-strong',
              )}
            >
              <b
                className={classNames(
                  'absolute bottom-full left-1/2 -translate-x-1/2 bg-surface font-mono text-[10px] leading-3 font-reg',
                  slow ? 'font-bold text-write' : 'text-ink-3',
                )}
              >
                {seconds.toFixed(1)}
              </b>
            </span>
          );
        })}
      </Lane>
    </>
  );
});
