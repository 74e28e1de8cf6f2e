import type { ReactNode } from 'react';
import { Glyph } from '#src/components/ui/glyph.tsx';

export type ChecklistStep = { done: boolean; words: string; note: ReactNode };

/** The way to a published assistant; the next step is the only bold line. */
export function Checklist({ title, steps }: { title: string; steps: ChecklistStep[] }) {
  const done = steps.filter((step) => step.done).length;
  const next = steps.findIndex((step) => !step.done);
  return (
    <>
      <div className="flex items-center">
        <h2 className="flex-1 font-bold">{title}</h2>
        <span className="text-sm text-ink-3">
          {done} of {steps.length} done
        </span>
      </div>
      <progress
        aria-label="Checklist"
        value={done}
        max={steps.length}
        className="mt-2 block h-1 w-full appearance-none overflow-hidden rounded-[2px] bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
      />
      <ul className="mt-2">
        {steps.map((step, index) => (
          <li key={step.words} className="grid grid-cols-[22px_1fr_auto] items-center gap-2 py-[5px] leading-[1.35]">
            <span
              className={`grid size-[18px] place-items-center rounded-full ${
                index === next ? 'border-2 border-accent' : 'border-[1.5px] border-line-strong'
              }`}
            >
              {step.done && <Glyph kind="ok" />}
            </span>
            <span className={index === next ? 'font-med' : step.done ? 'text-ink-2' : ''}>{step.words}</span>
            <span className="text-right text-sm text-ink-3">{step.note}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
