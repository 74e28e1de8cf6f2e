import type { ReactNode } from 'react';
import { classNames } from '#src/components/ui/class-names.ts';

const tones = {
  neutral: 'border-line',
  accent: 'border-accent',
  write: 'border-write-fill',
  failed: 'border-fail-fill',
};

/** A box that says something about the pane it stands in; with a bar of its tone. */
export function Note(props: { tone?: keyof typeof tones; alert?: boolean; className?: string; children: ReactNode }) {
  return (
    <div
      role={props.alert ? 'alert' : undefined}
      className={classNames(
        'rounded-2 border border-l-[3px] px-3 py-2.5',
        tones[props.tone ?? 'neutral'],
        props.className,
      )}
    >
      {props.children}
    </div>
  );
}
