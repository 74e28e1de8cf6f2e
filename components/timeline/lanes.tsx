'use client';
import { memo, useMemo } from 'react';
import { DelayLane } from '#src/components/timeline/delay-lane.tsx';
import { DenseLane, mostBars } from '#src/components/timeline/dense-lane.tsx';
import { Lane } from '#src/components/timeline/lane.tsx';
import { placeStyle, spanStyle } from '#src/components/timeline/place.ts';
import { SpeechBar } from '#src/components/timeline/speech-bar.tsx';
import { ToolLane } from '#src/components/timeline/tool-lane.tsx';
import { classNames } from '#src/components/ui/class-names.ts';
import type { AgentTurn, CallerTurn, Span } from '#src/lib/calls/call-item.ts';
import type { CallView } from '#src/lib/calls/call-view.ts';
import type { HeardFigures } from '#src/lib/calls/recording.ts';
import { durationWords } from '#src/lib/time-words.ts';
import { between, spanIndex } from '#src/lib/timeline/span-index.ts';
import type { TimeWindow } from '#src/lib/timeline/window.ts';
import { visibleText } from '#src/lib/visible-text.ts';
import styles from './timeline.module.css';

/** About as fast as a voice speaks, for words whose time nobody knows. */
const msPerCharacter = 60;

/**
 * The lanes of one call. Only what lies near the window is drawn; `near` changes when the window leaves it, so that
 * scrolling moves what is there and draws nothing again.
 */
export const Lanes = memo(function Lanes(props: {
  view: CallView;
  heard: HeardFigures | null;
  chosen: string | null;
  onChoose: (id: string) => void;
  near: TimeWindow;
  /** Set while too much is seen for bars: lanes are drawings of exactly this window. */
  window: TimeWindow | null;
  /** How long the whole width is, to know whether names have room. */
  lengthMs: number;
  nowMs: number;
}) {
  const { view, chosen, onChoose, near } = props;
  const [from, to] = [near.from, near.from + near.length];
  const caller = useMemo(() => spanIndex(view.caller.flatMap(callerBars), (bar) => bar.span), [view]);
  const agent = useMemo(() => spanIndex(view.agent, heardAndNot), [view]);
  const models = useMemo(() => spanIndex(view.models, (run) => run), [view]);
  const servers = useMemo(() => byServer(view), [view]);
  const notes = useMemo(
    () =>
      view.items.flatMap((item) =>
        item.kind === 'note' && item.at !== null && item.at >= 0 && item.tone !== 'end'
          ? [{ ...item, at: item.at }]
          : [],
      ),
    [view],
  );
  const notesNear = notes.filter(({ at }) => at >= from && at <= to);
  const callerNear = between(caller, from, to);
  const agentNear = between(agent, from, to);
  const modelsNear = between(models, from, to);
  const window = props.window ?? near;
  const dense = { window, nowMs: props.nowMs, chosen, onChoose };
  return (
    <>
      <Lane label="Caller said" height={22} still={callerNear.length > mostBars}>
        {callerNear.length > mostBars ? (
          <DenseLane {...dense} index={caller} what="stretches of the caller" look={() => '--caller'} />
        ) : (
          callerNear.map(({ item }) => (
            <SpeechBar
              key={`${item.id}-${item.span.from}`}
              who="caller"
              span={item.span}
              text={item.text}
              chosen={chosen === item.id}
              tabbable={item === callerNear[0]?.item}
              onChoose={() => onChoose(item.id)}
            />
          ))
        )}
        {callerNear.length <= mostBars &&
          view.unfinished.map((span) => (
            <i
              key={span.from}
              aria-hidden="true"
              style={spanStyle(span)}
              className={classNames(styles.span, 'inset-y-0.5 rounded-1 bg-caller opacity-70')}
            />
          ))}
      </Lane>
      <Lane label="Agent said" height={22} still={agentNear.length > mostBars}>
        {agentNear.length > mostBars ? (
          <DenseLane {...dense} index={agent} what="turns of the agent" look={() => '--agent'} />
        ) : (
          agentNear.map(({ item: turn }, index) => (
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
                    Math.min(agentNear[index + 1]?.item.at ?? Number.POSITIVE_INFINITY, unheardTo(turn)),
                  )}
                  className={classNames(styles.span, 'hatch-unheard inset-y-0.5 rounded-1')}
                />
              )}
            </div>
          ))
        )}
      </Lane>
      <Lane label="Model" height={12} bare still={modelsNear.length > mostBars}>
        {modelsNear.length > mostBars ? (
          <DenseLane {...dense} index={models} what="runs of the model" look={() => '--model'} />
        ) : (
          modelsNear.map(({ item: run }) => (
            <i
              key={run.id}
              title={`${run.model}${run.to === null ? '' : `, ${durationWords(run.to - run.from)}`}`}
              style={spanStyle(run)}
              className={classNames(styles.span, 'inset-y-0.5 rounded-[2px]', run.failed ? 'hatch-fail' : 'bg-model')}
            />
          ))
        )}
      </Lane>
      {servers.map(({ id, name, tools }) => (
        <ToolLane key={id} {...dense} label={name} tools={tools} near={near} lengthMs={props.lengthMs} />
      ))}
      <DelayLane view={view} heard={props.heard} near={near} />
      {notes.length > 0 && (
        <Lane label="Notices" height={14} bare>
          {(notesNear.length > mostBars
            ? notesNear.filter(({ tone }) => tone !== 'quiet').slice(0, mostBars)
            : notesNear
          ).map((note, index) => (
            <button
              key={note.id}
              type="button"
              tabIndex={index === 0 ? 0 : -1}
              title={visibleText(note.text)}
              aria-label={visibleText(note.text)}
              aria-current={chosen === note.id ? 'true' : undefined}
              onClick={() => onChoose(note.id)}
              style={placeStyle(note.at)}
              className={classNames(
                styles.at,
                'top-px -ml-[5px] size-3 rotate-45 rounded-[2px] border-[3px] border-surface aria-[current]:outline-2 aria-[current]:outline-accent',
                note.tone === 'failed' ? 'bg-fail-fill' : note.tone === 'waiting' ? 'bg-write-fill' : 'bg-line-strong',
              )}
            />
          ))}
        </Lane>
      )}
    </>
  );
});

/** A turn may have pauses in it; its words stand in the first stretch. */
function callerBars(turn: CallerTurn): { id: string; span: Span; text: string }[] {
  const spans = turn.spans.length > 0 ? turn.spans : [{ from: turn.at, to: turn.at + 120 }];
  return spans.map((span, index) => ({ id: turn.id, span, text: index === 0 ? turn.text : '' }));
}

const unheardTo = (turn: AgentTurn): number =>
  turn.cut ? turn.cut.at + msPerCharacter * turn.cut.unheard.length : (turn.span.to ?? turn.at);

/** Where a turn is seen: also what was cut off of it. */
function heardAndNot(turn: AgentTurn): Span {
  return turn.cut ? { from: turn.span.from, to: unheardTo(turn) } : turn.span;
}

/** A lane for each server; one lane is enough for one server. */
function byServer({ tools }: CallView): { id: string; name: string; tools: CallView['tools'] }[] {
  const lanes = Map.groupBy(tools, (call) => call.serverId);
  if (lanes.size <= 1) return [{ id: 'tools', name: 'Tools', tools }];
  return [...lanes].map(([id, calls]) => ({ id, name: visibleText(calls[0]?.serverName ?? 'Tools'), tools: calls }));
}
