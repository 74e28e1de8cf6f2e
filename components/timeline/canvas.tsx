'use client';
import { useEffect, useLayoutEffect, useRef } from 'react';

export type Pen = {
  context: CanvasRenderingContext2D;
  /** CSS pixels. */
  width: number;
  height: number;
  /** The colour of a token, such as `--caller`, in the theme of now. */
  colour: (token: string) => string;
};

/** A drawing that fills its box: drawn again with every render, when its size changes, and when the theme does. */
export function Canvas({ draw, className }: { draw: (pen: Pen) => void; className?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  const size = useRef({ width: 0, height: 0 });
  const colours = useRef(new Map<string, string>());

  const paint = () => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    const { width, height } = size.current;
    if (!element || !context || width === 0) return;
    const dense = Math.min(2, devicePixelRatio);
    context.setTransform(dense, 0, 0, dense, 0, 0);
    context.clearRect(0, 0, width, height);
    const colour = (token: string) => {
      const known = colours.current.get(token) ?? getComputedStyle(element).getPropertyValue(token).trim();
      colours.current.set(token, known);
      return known;
    };
    latest.current({ context, width, height, colour });
  };
  const paintLatest = useRef(paint);

  useLayoutEffect(() => {
    latest.current = draw;
    paintLatest.current = paint;
    paint();
  });
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const again = () => {
      colours.current.clear();
      paintLatest.current();
    };
    const sizes = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect;
      if (!box) return;
      const dense = Math.min(2, devicePixelRatio);
      size.current = { width: box.width, height: box.height };
      element.width = Math.round(box.width * dense);
      element.height = Math.round(box.height * dense);
      paintLatest.current();
    });
    sizes.observe(element);
    const theme = new MutationObserver(again);
    theme.observe(document.documentElement, { attributes: true });
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', again);
    return () => {
      sizes.disconnect();
      theme.disconnect();
      dark.removeEventListener('change', again);
    };
  }, []);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus; what it shows is told by its neighbours
  return <canvas ref={canvas} aria-hidden="true" className={`absolute inset-0 size-full ${className ?? ''}`} />;
}
