'use client';
import { type RefObject, useEffect, useRef } from 'react';

/** The cord from the chosen row to its evidence, drawn in the gutter between the panes and nowhere else. */
export function Cord({ panes, chosen }: { panes: RefObject<HTMLDivElement | null>; chosen: string | null }) {
  const svg = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const box = panes.current;
    const path = svg.current?.querySelector('path');
    if (!box || !path) return;
    const draw = () => {
      const row = chosen === null ? null : document.getElementById(`item-${chosen}`)?.firstElementChild;
      const pane = box.querySelector('[data-evidence]');
      const d =
        row && pane
          ? cordPath(box.getBoundingClientRect(), row.getBoundingClientRect(), pane.getBoundingClientRect())
          : '';
      path.setAttribute('d', d);
      svg.current?.toggleAttribute('data-drawn', d !== '');
      const start = /^M([\d.-]+) ([\d.-]+)/.exec(d);
      svg.current?.querySelector('circle')?.setAttribute('cx', start?.[1] ?? '-20');
      svg.current?.querySelector('circle')?.setAttribute('cy', start?.[2] ?? '-20');
      const end = / ([\d.-]+) ([\d.-]+)$/.exec(d);
      svg.current?.querySelector('g')?.setAttribute('transform', `translate(${end?.[1] ?? -20} ${end?.[2] ?? -20})`);
    };
    // Once a frame: to ask where things are in the middle of a change has the page laid out twice.
    let frame = 0;
    const drawSoon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(draw);
    };
    draw();
    const changes = new ResizeObserver(drawSoon);
    changes.observe(box);
    const rows = new MutationObserver(drawSoon);
    rows.observe(box, { childList: true, subtree: true });
    box.addEventListener('scroll', drawSoon, true);
    return () => {
      cancelAnimationFrame(frame);
      changes.disconnect();
      rows.disconnect();
      box.removeEventListener('scroll', drawSoon, true);
    };
  }, [panes, chosen]);
  return (
    <svg
      ref={svg}
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 z-20 size-full overflow-visible not-data-drawn:hidden phone:hidden"
    >
      <path className="fill-none stroke-accent stroke-[2.5] [stroke-linecap:round]" />
      <circle r="3.5" className="fill-accent" />
      <g>
        <circle r="4.5" className="fill-surface stroke-accent stroke-2" />
        <circle r="1.6" className="fill-accent" />
      </g>
    </svg>
  );
}

/** From the right end of the row down or up the gutter to the head of the evidence; nothing when the row is out of sight. */
function cordPath(box: DOMRect, row: DOMRect, pane: DOMRect): string {
  const y1 = row.top + Math.min(row.height / 2, 18) - box.top;
  if (y1 < 4 || y1 > box.height - 4) return '';
  const x1 = pane.left - box.left - 10;
  const x2 = pane.left - box.left + 13;
  const y2 = 22;
  const bend = Math.min(26, Math.abs(y1 - y2) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
