import { LocalTime } from '#src/components/ui/local-time.tsx';
import type { CallLook, LookKind } from '#src/lib/calls/call-look.ts';
import { visibleText } from '#src/lib/visible-text.ts';

const lookWords: Record<LookKind, string> = {
  page: 'opened it',
  recording: 'asked for the recording',
  export: 'exported it',
  listen: 'listened to it',
};

/** Who looked at a call. */
export function SeenBy({ looks }: { looks: CallLook[] }) {
  if (looks.length === 0) return null;
  const names = [...new Set(looks.map(({ name }) => visibleText(name)))];
  return (
    <details className="thin-scroll max-h-44 flex-none overflow-auto border-t border-line px-5 py-1.5 text-sm text-ink-3 phone:px-4">
      <summary className="cursor-default truncate phone:min-h-11">Seen by {names.join(', ')}</summary>
      <ul className="mt-1 grid gap-0.5">
        {looks.map(({ name, program, link, what, times, lastAt }) => (
          <li key={`${name} ${program} ${link} ${what} ${lastAt}`}>
            {visibleText(name)}
            {program && ' (a program)'}
            {link && ' (by link)'} {lookWords[what]}
            {times > 1 && `, ${times} times, last`} <LocalTime at={lastAt} as="moment" />
          </li>
        ))}
      </ul>
    </details>
  );
}
