'use client';
import { createContext } from 'react';
import type { TimeWindow } from '#src/lib/timeline/window.ts';

/** The window and the clock of a live call, for what is drawn of exactly them: nothing else is drawn again when they move. */
export const SeenNow = createContext<{ window: TimeWindow; nowMs: number }>({
  window: { from: 0, length: 1 },
  nowMs: 0,
});
