'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server and while its page is taken over, true right after. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
