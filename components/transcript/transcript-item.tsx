import { memo, type ReactNode } from 'react';
import { NoteRow } from '#src/components/transcript/note-row.tsx';
import { ToolRow } from '#src/components/transcript/tool-row.tsx';
import { TurnRow } from '#src/components/transcript/turn-row.tsx';
import type { CallItem } from '#src/lib/calls/call-item.ts';

export type TranscriptProps = {
  items: CallItem[];
  agentName: string;
  chosen: string | null;
  onChoose: (id: string) => void;
  onSeek: (ms: number) => void;
  /** The turn that is heard now. */
  nowId: string | null;
  /** Plays from a moment on; null where there is nothing to hear. */
  onPlayFrom: ((ms: number) => void) | null;
  /** On a phone the evidence opens under its row. */
  below: ReactNode;
};

/** One row of a transcript: something said, a tool call, or a remark. */
export function TranscriptItem({ item, ...props }: TranscriptProps & { item: CallItem }) {
  const chosen = props.chosen === item.id;
  return (
    <Row
      item={item}
      agentName={props.agentName}
      chosen={chosen}
      now={props.nowId === item.id}
      onChoose={props.onChoose}
      onSeek={props.onSeek}
      onPlayFrom={props.onPlayFrom}
      below={chosen && props.below}
    />
  );
}

/** Drawn again only when it is another: whatever else happens in the call, a row stands. */
const Row = memo(function Row(
  props: Pick<TranscriptProps, 'agentName' | 'onChoose' | 'onSeek' | 'onPlayFrom' | 'below'> & {
    item: CallItem;
    chosen: boolean;
    now: boolean;
  },
) {
  const { item, chosen } = props;
  const choose = () => props.onChoose(item.id);
  return (
    <>
      {item.kind === 'tool' ? (
        <ToolRow call={item} chosen={chosen} onChoose={choose} />
      ) : item.kind === 'note' ? (
        <NoteRow note={item} chosen={chosen} onChoose={choose} />
      ) : (
        <TurnRow
          turn={item}
          agentName={props.agentName}
          chosen={chosen}
          onChoose={choose}
          onChooseProof={props.onChoose}
          onSeek={() => props.onSeek(item.at)}
          now={props.now}
          onPlayFrom={props.onPlayFrom}
        />
      )}
      {props.below}
    </>
  );
});
