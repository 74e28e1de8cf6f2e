'use client';
import { memo, useMemo } from 'react';
import { AgentLane } from '#src/components/timeline/agent-lane.tsx';
import { CallerLane } from '#src/components/timeline/caller-lane.tsx';
import { DelayLane } from '#src/components/timeline/delay-lane.tsx';
import { ModelLane } from '#src/components/timeline/model-lane.tsx';
import { NoticeLane } from '#src/components/timeline/notice-lane.tsx';
import { ToolLane } from '#src/components/timeline/tool-lane.tsx';
import type { CallView } from '#src/lib/calls/call-view.ts';
import type { HeardFigures } from '#src/lib/calls/recording.ts';
import type { TimeWindow } from '#src/lib/timeline/window.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/**
 * The lanes of one call. Only what lies near the window is drawn; `near` changes when the window leaves it, so that
 * scrolling moves what is there and draws nothing again. An event of a live call draws the lane again that it is in.
 */
export const Lanes = memo(function Lanes(props: {
  view: CallView;
  heard: HeardFigures | null;
  chosen: string | null;
  onChoose: (id: string) => void;
  near: TimeWindow;
  /** How long the whole width is, to know whether names have room. */
  lengthMs: number;
}) {
  const { view, chosen, onChoose, near } = props;
  const servers = useMemo(() => byServer(view.tools), [view.tools]);
  const all = { chosen, onChoose, near };
  return (
    <>
      <CallerLane {...all} turns={view.caller} unfinished={view.unfinished} />
      <AgentLane {...all} turns={view.agent} />
      <ModelLane {...all} runs={view.models} />
      {servers.map(({ id, name, tools }) => (
        <ToolLane key={id} {...all} label={name} tools={tools} lengthMs={props.lengthMs} />
      ))}
      <DelayLane turns={view.agent} heard={props.heard} near={near} />
      <NoticeLane notes={view.notes} near={near} chosen={chosen} onChoose={onChoose} />
    </>
  );
});

/** A lane for each server; one lane is enough for one server. */
function byServer(tools: CallView['tools']): { id: string; name: string; tools: CallView['tools'] }[] {
  const lanes = Map.groupBy(tools, (call) => call.serverId);
  if (lanes.size <= 1) return [{ id: 'tools', name: 'Tools', tools }];
  return [...lanes].map(([id, calls]) => ({ id, name: visibleText(calls[0]?.serverName ?? 'Tools'), tools: calls }));
}
