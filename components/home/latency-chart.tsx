'use client';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import type { DayFigures } from '#src/lib/home/home-figures.ts';

const height = 190;

/** The replies of each day as two lines; the table beside it says the same in numbers. The drawing library comes after the page. */
export function LatencyChart({ days, budgetMs }: { days: DayFigures[]; budgetMs: number }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const target = box.current;
    if (!target) return;
    let gone = false;
    let clear = () => {};
    void draw(target, days, budgetMs).then((stop) => {
      if (gone) stop();
      else clear = stop;
    });
    return () => {
      gone = true;
      clear();
    };
  }, [days, budgetMs]);
  return <div ref={box} aria-hidden="true" className="h-[190px] overflow-hidden" />;
}

async function draw(target: HTMLElement, days: DayFigures[], budgetMs: number): Promise<() => void> {
  const { default: Plot } = await import('uplot');
  const at = days.map((day) => Date.parse(day.to) / 1000);
  const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);
  const ink = () => colourOf(target, 'var(--ink-3)');
  const grid = { stroke: () => colourOf(target, 'var(--line)'), width: 1 };
  const axis = { stroke: ink, grid, ticks: { show: false }, font: '11px "Geist Mono Variable", monospace' };
  const line = (label: string, role: string, dash: number[] = []) => ({
    label,
    stroke: () => colourOf(target, role),
    width: 2,
    dash,
    spanGaps: true,
    points: { show: dash.length === 0, size: 6, fill: () => colourOf(target, role) },
  });
  const plot = new Plot(
    {
      width: target.clientWidth,
      height,
      legend: { show: false },
      cursor: { show: false },
      scales: { y: { range: (_plot, _low, high) => [0, Math.max(budgetMs / 1000, high ?? 0) * 1.1] } },
      axes: [
        { ...axis, values: '{D} {MMM}', space: 64 },
        { ...axis, size: 44, values: (_plot, ticks) => ticks.map((tick) => `${tick} s`) },
      ],
      series: [
        {},
        line('Half of the calls', 'var(--agent)'),
        line('Nearly all calls', 'var(--write-fill)'),
        { ...line('Budget', 'var(--ink-3)', [4, 4]), width: 1 },
      ],
    },
    [at, days.map((day) => seconds(day.p50Ms)), days.map((day) => seconds(day.p95Ms)), at.map(() => budgetMs / 1000)],
    target,
  );
  const resize = new ResizeObserver(() => plot.setSize({ width: target.clientWidth, height }));
  resize.observe(target);
  const theme = new MutationObserver(() => plot.redraw());
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const media = matchMedia('(prefers-color-scheme: dark)');
  const redraw = () => plot.redraw();
  media.addEventListener('change', redraw);
  return () => {
    resize.disconnect();
    theme.disconnect();
    media.removeEventListener('change', redraw);
    plot.destroy();
  };
}

/** A canvas knows no roles: what the theme makes of one right now. */
function colourOf(target: HTMLElement, role: string): string {
  target.style.color = role;
  const colour = getComputedStyle(target).color;
  target.style.color = '';
  return colour;
}
