import { LocalTime } from '#src/components/ui/local-time.tsx';
import type { Assistant } from '#src/lib/assistants/assistant-config.ts';
import type { DraftState } from '#src/lib/assistants/draft-saver.ts';

const words: Record<Exclude<DraftState<unknown>['status'], 'saved'>, string> = {
  unsaved: 'Not saved yet.',
  saving: 'Saving…',
  conflict: 'Not saved: someone else saved meanwhile.',
  failed: 'Not saved.',
};

/** When the draft was saved, and what callers get meanwhile. */
export function SavedLine({ state, assistant }: { state: DraftState<unknown>; assistant: Assistant }) {
  return (
    <p className="min-w-0 truncate text-sm text-ink-3 phone:order-8 phone:w-full phone:whitespace-normal">
      <span role="status">
        {state.status === 'saved' ? (
          <>
            Saved <LocalTime at={state.savedAt} />.
          </>
        ) : (
          <span className={state.status === 'conflict' || state.status === 'failed' ? 'text-fail' : ''}>
            {words[state.status]}
          </span>
        )}
      </span>{' '}
      <span className="narrow:hidden">
        {assistant.publishedVersion === null ? (
          `Nobody can call ${assistant.name} yet.`
        ) : (
          <>
            Callers get <span className="mono">v{assistant.publishedVersion}</span>
            {assistant.publishedAt && (
              <>
                , published <LocalTime at={assistant.publishedAt} as="day" />
              </>
            )}
            .
          </>
        )}
      </span>
    </p>
  );
}
