import type { ReactNode } from 'react';
import { classNames } from '#src/components/ui/class-names.ts';
import { Glyph, type GlyphKind } from '#src/components/ui/glyph.tsx';

export type ChipTone = 'neutral' | 'read' | 'write' | 'waiting' | 'failed' | 'draft' | 'live';

const tones: Record<ChipTone, string> = {
  neutral: 'bg-sunken text-ink-2 inset-ring inset-ring-line',
  read: 'bg-read-soft text-read',
  write: 'bg-write-soft text-write',
  waiting: 'bg-write-soft text-write',
  failed: 'bg-fail-soft text-fail',
  draft: 'bg-accent-soft text-accent',
  live: 'bg-ink text-surface',
};

export function Chip(props: {
  tone?: ChipTone | undefined;
  glyph?: GlyphKind | undefined;
  title?: string | undefined;
  className?: string;
  children: ReactNode;
}) {
  const { tone = 'neutral' } = props;
  return (
    <span
      title={props.title}
      className={classNames(
        'inline-flex h-5 shrink-0 items-center gap-[5px] rounded-1 px-[7px] text-xs font-med whitespace-nowrap',
        tones[tone],
        props.className,
      )}
    >
      {tone === 'live' && <i className="size-[7px] rounded-full bg-current motion-safe:animate-pulse-dot" />}
      {props.glyph && <Glyph kind={props.glyph} label={false} />}
      {props.children}
    </span>
  );
}

export function EffectChip({ effect }: { effect: 'read' | 'write' }) {
  return (
    <Chip tone={effect} glyph={effect}>
      {effect}
    </Chip>
  );
}
