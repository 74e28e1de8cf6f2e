'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => {};
const formats = {
  time: { hour: '2-digit', minute: '2-digit' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A moment in the reader's own time zone; `near` leaves the day out when it is today. */
export function LocalTime({ at, as = 'near' }: { at: string; as?: keyof typeof formats | 'near' }) {
  // The server does not know the reader's zone: it writes UTC, the browser its own right after.
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const date = new Date(at);
  const zone = inBrowser ? {} : { timeZone: 'UTC' };
  const today = inBrowser && date.toDateString() === new Date().toDateString();
  const format = as === 'near' ? (today ? formats.time : formats.moment) : formats[as];
  return <time dateTime={at}>{new Intl.DateTimeFormat('en-GB', { ...format, ...zone }).format(date)}</time>;
}
