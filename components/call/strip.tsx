import type { ReactNode } from 'react';
import { Glyph } from '#src/components/ui/glyph.tsx';

/** Trouble on a live call: what it is, and one act against it. */
export function Strip(props: { tone: 'waiting' | 'failed'; alert?: boolean; children: ReactNode; act?: ReactNode }) {
  return (
    <div
      role={props.alert ? 'alert' : 'status'}
      className={`flex flex-wrap items-center gap-2.5 border-b border-line px-5 py-[7px] phone:px-4 ${
        props.tone === 'failed' ? 'bg-fail-soft' : 'bg-write-soft'
      }`}
    >
      <Glyph kind={props.tone} label={false} />
      <p className="min-w-0 flex-1 text-ink phone:basis-[80%]">{props.children}</p>
      {props.act}
    </div>
  );
}
