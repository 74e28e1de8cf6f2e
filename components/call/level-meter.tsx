'use client';
import { useEffect, useRef, useState } from 'react';
import { microphoneLevel } from '#src/components/call/call-session.ts';
import { setCheck } from '#src/components/call/session-state.ts';

const bars = 14;
const everyMs = 80;
const quietMs = 5_000;

/** Shows how loud the microphone is, and tells after a while when nothing at all comes in. */
export function LevelMeter({ on, onQuiet }: { on: boolean; onQuiet: (quiet: boolean) => void }) {
  const box = useRef<HTMLSpanElement>(null);
  const [words, setWords] = useState('no sound yet');
  useEffect(() => {
    if (!on) return;
    let heardAt = performance.now();
    const timer = setInterval(() => {
      const level = microphoneLevel();
      const lit = Math.round(level * bars);
      box.current?.querySelectorAll('i').forEach((bar, index) => {
        bar.dataset.lit = index < lit ? (index % 3 === 1 ? 'high' : 'low') : 'off';
      });
      const now = performance.now();
      if (level > 0.12) {
        heardAt = now;
        setCheck('level', 'ok', 'sound comes in');
        setWords(level > 0.9 ? 'too loud' : 'good');
        onQuiet(false);
      } else if (now - heardAt > quietMs) {
        setWords('silence');
        onQuiet(true);
      }
    }, everyMs);
    return () => clearInterval(timer);
  }, [on, onQuiet]);
  return (
    <span
      ref={box}
      role="img"
      aria-label={on ? `Microphone level: ${words}` : 'Microphone off'}
      className="flex h-[18px] flex-none items-center gap-0.5"
    >
      {Array.from({ length: bars }, (_, bar) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars never change places
          key={bar}
          className="h-[5px] w-[3px] rounded-[1px] bg-line-strong data-[lit=high]:h-[15px] data-[lit=high]:bg-read-fill data-[lit=low]:h-2.5 data-[lit=low]:bg-read-fill phone:nth-[n+8]:hidden"
        />
      ))}
    </span>
  );
}
