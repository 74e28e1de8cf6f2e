'use client';
import { memo } from 'react';
import { ToolEvidence } from '#src/components/evidence/tool-evidence.tsx';
import { TurnEvidence } from '#src/components/evidence/turn-evidence.tsx';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import type { CallItem } from '#src/lib/calls/call-item.ts';
import type { HeardFigures } from '#src/lib/calls/recording.ts';

/** The pane on the right: what proves or explains the chosen item. */
export const Evidence = memo(function Evidence(props: {
  item: CallItem | null;
  callId: string;
  /** The log, for what only shows across events. */
  events: readonly CallEvent[];
  /** What was measured on the recording, where there is one. */
  heard: HeardFigures | null;
  onSeek: (ms: number) => void;
  onChoose: (id: string) => void;
}) {
  const { item, onSeek } = props;
  if (!item) {
    return (
      <p className="px-[26px] py-4 text-ink-3">
        Choose a turn or a tool call to see what is known about it. Tool calls show up here while they happen.
      </p>
    );
  }
  return item.kind === 'tool' ? (
    <ToolEvidence key={item.id} call={item} callId={props.callId} onSeek={onSeek} />
  ) : (
    <TurnEvidence
      key={item.id}
      item={item}
      events={props.events}
      heard={props.heard}
      onSeek={onSeek}
      onChoose={props.onChoose}
    />
  );
});
