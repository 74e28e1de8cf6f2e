'use client';
import { useSyncExternalStore } from 'react';

/** With a longer log than this, the server does not do what the browser does again anyway. */
const longLogChars = 1_000_000;

/** True once a page with this log may be drawn: at once, or in the browser when the log is long. */
export function useOpened(log: string): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => log.length < longLogChars,
  );
}
