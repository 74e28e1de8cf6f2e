import type { ReactNode } from 'react';

/** The shape is the meaning, the colour repeats it: a new status needs a new shape first. */
export type GlyphKind = 'read' | 'write' | 'failed' | 'retried' | 'waiting' | 'ok' | 'off' | 'running' | 'doubt';

const shapes: Record<GlyphKind, ReactNode> = {
  read: <circle cx="6" cy="6" r="4.5" fill="var(--read-fill)" />,
  write: <rect x="1.5" y="1.5" width="9" height="9" rx="1.5" fill="var(--write-fill)" />,
  failed: <path d="m2 2 8 8M10 2l-8 8" stroke="var(--fail-fill)" strokeWidth="2.4" strokeLinecap="round" />,
  retried: (
    <path
      d="M10 6a4 4 0 1 1-1.3-3M10.2.9v2.5H7.7"
      fill="none"
      stroke="var(--fail-fill)"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  waiting: (
    <rect
      x="1.7"
      y="1.7"
      width="8.6"
      height="8.6"
      rx="1.5"
      fill="none"
      stroke="var(--write-fill)"
      strokeWidth="1.5"
      strokeDasharray="2.3 1.6"
    />
  ),
  ok: (
    <path
      d="m2 6.5 2.7 2.700L10 3.3"
      fill="none"
      stroke="var(--read-fill)"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  off: <path d="M3 6h6" stroke="var(--control)" strokeWidth="1.6" strokeLinecap="round" />,
  running: <circle cx="6" cy="6" r="3.9" fill="none" stroke="var(--accent)" strokeWidth="2" strokeDasharray="9 4" />,
  doubt: (
    <g fill="none" stroke="var(--fail-fill)" strokeWidth="1.8" strokeLinecap="round">
      <path d="M3.6 4.200a2.4 2.4 0 1 1 3.5 2.100c-.7.4-1.1.800-1.1 1.5" />
      <path d="M6 10.4h.01" />
    </g>
  ),
};

const words: Record<GlyphKind, string> = {
  read: 'read',
  write: 'write',
  failed: 'failed',
  retried: 'retried',
  waiting: 'waiting',
  ok: 'ok',
  off: 'not run',
  running: 'running',
  doubt: 'in doubt',
};

/** `label` false where the word stands beside it. */
export function Glyph({ kind, label = true }: { kind: GlyphKind; label?: boolean }) {
  const spin = kind === 'running' ? ' motion-safe:animate-spin' : '';
  if (!label) {
    return (
      <svg viewBox="0 0 12 12" aria-hidden="true" className={`size-3 shrink-0${spin}`}>
        {shapes[kind]}
      </svg>
    );
  }
  return (
    <svg viewBox="0 0 12 12" role="img" aria-label={words[kind]} className={`size-3 shrink-0${spin}`}>
      {shapes[kind]}
    </svg>
  );
}
