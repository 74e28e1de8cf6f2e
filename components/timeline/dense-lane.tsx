'use client';
import { useContext } from 'react';
import { Canvas, type Pen } from '#src/components/timeline/canvas.tsx';
import { SeenNow } from '#src/components/timeline/seen-now.ts';
import type { Span } from '#src/lib/calls/call-item.ts';
import { between, type SpanIndex } from '#src/lib/timeline/span-index.ts';
import type { TimeWindow } from '#src/lib/timeline/window.ts';

/** So many bars are buttons; more could not be told apart anyway, and are a drawing until someone comes closer. */
export const mostBars = 90;

/** What a lane takes to be such a drawing. */
export type DenseLook = {
  chosen: string | null;
  onChoose: (id: string) => void;
};

/** More things than there is room for: a drawing of where they are. A click goes to the nearest. */
export function DenseLane<T extends { id: string }>(
  props: DenseLook & {
    index: SpanIndex<T>;
    what: string;
    /** The token of a thing's colour. */
    look: (item: T) => string;
  },
) {
  const { index } = props;
  const { window, nowMs } = useContext(SeenNow);
  const shown = between(index, window.from, window.from + window.length);
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`${shown.length} ${props.what}. Come closer to choose one, or press J and K.`}
      className="absolute inset-0 cursor-pointer"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const ms = window.from + ((event.clientX - box.left) / box.width) * window.length;
        const nearest = closest(shown, ms, nowMs);
        if (nearest) props.onChoose(nearest.id);
      }}
    >
      <Canvas
        draw={(pen) => {
          for (const { item, span } of shown) drawBar(pen, window, span, nowMs, props.look(item));
          const chosen = shown.find(({ item }) => item.id === props.chosen);
          if (chosen) drawBar(pen, window, chosen.span, nowMs, '--accent');
        }}
      />
    </button>
  );
}

function drawBar(
  { context, width, height, colour }: Pen,
  window: TimeWindow,
  span: Span,
  nowMs: number,
  token: string,
) {
  const scale = width / window.length;
  const from = (span.from - window.from) * scale;
  const length = ((span.to ?? nowMs) - span.from) * scale;
  context.fillStyle = colour(token);
  context.fillRect(from, 2, Math.max(1, length), height - 4);
}

function closest<T>(shown: readonly { item: T; span: Span }[], ms: number, nowMs: number): T | undefined {
  let best: { item: T; away: number } | null = null;
  for (const { item, span } of shown) {
    const away = Math.max(0, span.from - ms, ms - (span.to ?? nowMs));
    if (!best || away < best.away) best = { item, away };
  }
  return best?.item;
}
