import type { ConfigChange } from '#src/lib/assistants/config-change.ts';

const marks = { '+': 'text-read', '-': 'text-fail', '~': 'text-write' };
const markWords = { '+': 'added', '-': 'taken out', '~': 'changed' };

/** The draft against what callers get; each change can be undone alone. */
export function DraftChanges(props: {
  title: string;
  changes: ConfigChange[];
  readOnly: boolean;
  onUndo: (change: ConfigChange) => void;
}) {
  return (
    <>
      <h2 className="font-bold">{props.title}</h2>
      {props.changes.length === 0 ? (
        <p className="mt-1 text-sm text-ink-3">No difference.</p>
      ) : (
        <ul className="mt-[5px]">
          {props.changes.map((change) => (
            <li
              key={change.id}
              className="grid grid-cols-[18px_minmax(0,1fr)_auto] items-baseline gap-1.5 py-[3px] leading-5"
            >
              <span role="img" aria-label={markWords[change.mark]} className={`font-mono ${marks[change.mark]}`}>
                {change.mark}
              </span>
              <span className="break-words">{change.text}</span>
              {!props.readOnly && (
                <button
                  type="button"
                  className="link text-sm"
                  onClick={() => props.onUndo(change)}
                  aria-label={`Undo: ${change.text}`}
                >
                  Undo
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
