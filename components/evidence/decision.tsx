import type { ReactNode } from 'react';
import { Glyph, type GlyphKind } from '#src/components/ui/glyph.tsx';
import { clockTime } from '#src/lib/time-words.ts';

/** What was decided about a tool call, or what happened to it; with the moment to go to. */
export function Decision(props: {
  glyph: GlyphKind;
  at?: number | undefined;
  onSeek: (ms: number) => void;
  children: ReactNode;
}) {
  const { at } = props;
  return (
    <li className="grid grid-cols-[18px_1fr_auto] items-baseline gap-1 leading-[21px]">
      <span className="translate-y-px">
        <Glyph kind={props.glyph} label={false} />
      </span>
      <span className="min-w-0 break-words">{props.children}</span>
      {at !== undefined && (
        <button type="button" className="link font-mono text-[11px]" onClick={() => props.onSeek(at)}>
          {clockTime(at)}
        </button>
      )}
    </li>
  );
}
