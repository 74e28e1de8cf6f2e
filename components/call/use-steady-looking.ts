'use client';
import { useCallback, useEffect, useRef } from 'react';
import type { Looking } from '#src/components/call/use-looking.ts';

/** Choosing and seeking as functions that stay the same from one drawing to the next: what did not change is not drawn again. */
export function useSteadyLooking(looking: Looking): Pick<Looking, 'choose' | 'seek'> {
  const latest = useRef(looking);
  useEffect(() => {
    latest.current = looking;
  });
  const choose = useCallback((id: string) => latest.current.choose(id), []);
  const seek = useCallback((ms: number) => latest.current.seek(ms), []);
  return { choose, seek };
}
