'use client';
import { memo, type ReactNode } from 'react';
import { NoteRow } from '#src/components/transcript/note-row.tsx';
import { ToolRow } from '#src/components/transcript/tool-row.tsx';
import { TurnRow } from '#src/components/transcript/turn-row.tsx';
import type { CallItem } from '#src/lib/calls/call-item.ts';

/** What was said, with the tool calls where they happened. */
export const Transcript = memo(function Transcript(props: {
  items: CallItem[];
  agentName: string;
  chosen: string | null;
  onChoose: (id: string) => void;
  onSeek: (ms: number) => void;
  /** On a phone the evidence opens under its row. */
  below: ReactNode;
}) {
  return (
    <ol aria-live="polite" aria-relevant="additions" className="py-1.5">
      {props.items.map((item) => (
        <li key={item.id} id={`item-${item.id}`}>
          {item.kind === 'tool' ? (
            <ToolRow call={item} chosen={props.chosen === item.id} onChoose={() => props.onChoose(item.id)} />
          ) : item.kind === 'note' ? (
            <NoteRow note={item} chosen={props.chosen === item.id} onChoose={() => props.onChoose(item.id)} />
          ) : (
            <TurnRow
              turn={item}
              agentName={props.agentName}
              chosen={props.chosen === item.id}
              onChoose={() => props.onChoose(item.id)}
              onChooseProof={props.onChoose}
              onSeek={() => props.onSeek(item.at)}
            />
          )}
          {props.chosen === item.id && props.below}
        </li>
      ))}
    </ol>
  );
});
