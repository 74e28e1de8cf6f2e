import { Glyph } from '#src/components/ui/glyph.tsx';
import type { CallNote } from '#src/lib/calls/call-item.ts';
import { clockTime } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** A remark between the turns: small when all is well, with its shape and colour when not. */
export function NoteRow(props: { note: CallNote; chosen: boolean; onChoose: () => void }) {
  const { note } = props;
  const time = note.at === null ? '' : clockTime(note.at);
  if (note.tone === 'end') {
    return (
      <p className="flex items-center gap-2.5 py-2.5 pr-4 text-sm text-ink-3 after:flex-1 after:border-t after:border-line">
        <span className="w-[46px] text-right font-mono text-[11px]">{time}</span>
        {note.text}
      </p>
    );
  }
  const body = (
    <>
      <span className="pr-3 text-right font-mono text-[11px] leading-5 text-ink-3">{time}</span>
      <span className="flex min-w-0 items-baseline gap-1.5 pr-4 pl-3">
        {note.tone !== 'quiet' && (
          <span className="translate-y-px">
            <Glyph kind={note.tone === 'failed' ? 'failed' : 'waiting'} label={false} />
          </span>
        )}
        <span className={note.tone === 'failed' ? 'text-fail' : note.tone === 'waiting' ? 'text-write' : 'text-ink-3'}>
          {visibleText(note.text)}
        </span>
      </span>
    </>
  );
  const grid =
    'grid w-full grid-cols-[58px_minmax(0,1fr)] py-0.5 text-left text-sm leading-5 phone:grid-cols-[50px_minmax(0,1fr)]';
  if (!note.detail) return <div className={grid}>{body}</div>;
  return (
    <button
      type="button"
      aria-expanded={props.chosen}
      onClick={props.onChoose}
      className={`${grid} hover:bg-hover ${props.chosen ? 'bg-accent-soft' : ''}`}
    >
      {body}
    </button>
  );
}
