'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const whileCallsGoOnMs = 3_000;
const otherwiseMs = 15_000;

/** Brings the list up to date while someone looks at it: often while calls go on. */
export function useFreshList(wanted: boolean, callsGoOn: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!wanted) return;
    const look = () => {
      if (document.visibilityState === 'visible') router.refresh();
    };
    const timer = setInterval(look, callsGoOn ? whileCallsGoOnMs : otherwiseMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [wanted, callsGoOn, router]);
}
