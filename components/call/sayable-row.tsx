import type { Sayable } from '#src/lib/calls/call.ts';

/** What rehearsal understands at this moment; each line can be clicked as typed input. */
export function SayableRow({ sayable, onSay }: { sayable: Sayable; onSay: (text: string) => void }) {
  if (sayable.phrases.length === 0) return null;
  return (
    <div className="flex items-center gap-2 border-b border-line px-5 py-1.5 phone:px-3">
      <span className="flex-none text-sm text-ink-3">{sayable.prompt ?? 'You can say now'}</span>
      <ul className="no-scrollbar flex min-w-0 flex-1 gap-1.5 overflow-x-auto py-0.5">
        {sayable.phrases.map((phrase) => (
          <li key={phrase} className="flex-none">
            <button
              type="button"
              onClick={() => onSay(phrase)}
              className="h-[26px] rounded-full border border-line-strong bg-surface px-2.5 text-sm text-ink-2 hover:bg-hover hover:text-ink phone:h-9"
            >
              {phrase}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
