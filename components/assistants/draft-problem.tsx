import { Button } from '#src/components/ui/button.tsx';
import { Note } from '#src/components/ui/note.tsx';
import type { DraftState } from '#src/lib/assistants/draft-saver.ts';

/** A draft that could not be saved: nothing is lost, and what to do is here. */
export function DraftProblem(props: {
  state: DraftState<unknown>;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onRetry: () => void;
}) {
  const { status, problem } = props.state;
  if (!problem || (status !== 'conflict' && status !== 'failed')) return null;
  return (
    <Note tone="failed" alert className="mt-4">
      {status === 'conflict' ? (
        <>
          <b className="font-med">Someone else saved this assistant meanwhile.</b>{' '}
          <span className="text-ink-2">Your text is still here and is not saved until you decide.</span>
          <div className="mt-2 flex flex-wrap gap-2">
            <Button size="sm" kind="primary" onClick={props.onKeepMine}>
              Save mine over it
            </Button>
            <Button size="sm" onClick={props.onTakeTheirs}>
              Load theirs
            </Button>
          </div>
        </>
      ) : (
        <>
          <b className="font-med">{problem.message}</b>{' '}
          <span className="text-ink-2">{problem.hint ?? 'Your text is kept here.'}</span>
          <div className="mt-2">
            <Button size="sm" onClick={props.onRetry}>
              Save again
            </Button>
          </div>
        </>
      )}
    </Note>
  );
}
