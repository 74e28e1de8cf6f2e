'use client';
import { memo, useMemo } from 'react';
import { DenseLane, type DenseLook, mostBars } from '#src/components/timeline/dense-lane.tsx';
import { Lane } from '#src/components/timeline/lane.tsx';
import { ToolBar } from '#src/components/timeline/tool-bar.tsx';
import type { Span, ToolCall } from '#src/lib/calls/call-item.ts';
import { between, spanIndex } from '#src/lib/timeline/span-index.ts';
import type { TimeWindow } from '#src/lib/timeline/window.ts';

/** The tool calls of one server. A name is written where there is room for it. */
export const ToolLane = memo(function ToolLane(
  props: DenseLook & { label: string; tools: readonly ToolCall[]; near: TimeWindow; lengthMs: number },
) {
  const { near, chosen, onChoose } = props;
  const index = useMemo(() => spanIndex(props.tools, spanOf), [props.tools]);
  const shown = between(index, near.from, near.from + near.length);
  const crowded = props.lengthMs / 60;
  return (
    <Lane label={props.label} height={26} still={shown.length > mostBars}>
      {shown.length > mostBars ? (
        <DenseLane index={index} what="tool calls" look={look} chosen={chosen} onChoose={onChoose} />
      ) : (
        shown.map(({ item: call }, place) => {
          const room = (shown[place + 1]?.item.at ?? Number.POSITIVE_INFINITY) - call.at;
          const roomBefore = call.at - (shown[place - 1]?.item.at ?? 0);
          const needed = crowded * (call.tool.length / 2.2 + 2);
          return (
            <ToolBar
              key={call.id}
              call={call}
              nameLeft={room < needed && roomBefore > needed * 2}
              nameShown={room >= needed || roomBefore > needed * 2}
              chosen={chosen === call.id}
              tabbable={place === 0}
              onChoose={onChoose}
            />
          );
        })
      )}
    </Lane>
  );
});

function spanOf(call: ToolCall): Span {
  const open = call.parts.some((part) => part.to === null);
  return { from: call.at, to: open ? null : Math.max(call.at, ...call.parts.map((part) => part.to ?? call.at)) };
}

function look(call: ToolCall): string {
  if (call.failure) return '--fail-fill';
  return call.effect === 'read' ? '--read-fill' : '--write-fill';
}
