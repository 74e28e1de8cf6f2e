'use client';
import { useSyncExternalStore } from 'react';

const stepMs = 100;
const calmStepMs = 1000;

/** Wall time in ms, moving while `running`; `fallback` where there is no clock yet. */
export function useNow(running: boolean, fallback: number): number {
  return useSyncExternalStore(
    running ? tick : stand,
    () => (running ? Math.floor(Date.now() / step()) * step() : fallback),
    () => fallback,
  );
}

function step(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? calmStepMs : stepMs;
}

function tick(listener: () => void) {
  const timer = setInterval(listener, step());
  return () => clearInterval(timer);
}

function stand() {
  return () => {};
}
