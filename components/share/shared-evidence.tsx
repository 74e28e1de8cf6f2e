'use client';
import { memo } from 'react';
import { TurnEvidence } from '#src/components/evidence/turn-evidence.tsx';
import { SharedToolEvidence } from '#src/components/share/shared-tool-evidence.tsx';
import type { CallItem } from '#src/lib/calls/call-item.ts';
import type { HeardFigures } from '#src/lib/calls/recording.ts';

/** The pane on the right, for a reader outside: what is known of the chosen item, without how the assistant is built. */
export const SharedEvidence = memo(function SharedEvidence(props: {
  item: CallItem | null;
  payloads: boolean;
  heard: HeardFigures | null;
  onSeek: (ms: number) => void;
  onChoose: (id: string) => void;
}) {
  const { item } = props;
  if (!item)
    return <p className="px-[26px] py-4 text-ink-3">Choose a turn or a tool call to see what is known about it.</p>;
  if (item.kind === 'tool') return <SharedToolEvidence key={item.id} call={item} payloads={props.payloads} />;
  return (
    <TurnEvidence
      key={item.id}
      item={item}
      events={[]}
      heard={props.heard}
      onSeek={props.onSeek}
      onChoose={props.onChoose}
    />
  );
});
