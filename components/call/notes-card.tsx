'use client';
import { MessageSquarePlus, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState, useTransition } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { Input } from '#src/components/ui/field.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import { toast } from '#src/components/ui/toast-store.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Annotations, CallComment } from '#src/lib/calls/annotation.ts';
import { clockTime } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

export type NoteActions = {
  addLabel: (callId: string, label: string) => Promise<ActionResult>;
  removeLabel: (callId: string, label: string) => Promise<ActionResult>;
  addComment: (callId: string, text: string, at: number | null) => Promise<ActionResult>;
  deleteComment: (callId: string, id: string, deleted: boolean) => Promise<ActionResult>;
};

/** What people of the team put on a call and said of its moments. */
export function NotesCard(props: {
  callId: string;
  notes: Annotations;
  /** The moment that is looked at: what is written now is about it. */
  playheadMs: number;
  onSeek: (ms: number) => void;
  mayWrite: boolean;
  actions: NoteActions;
}) {
  const { callId, notes, actions } = props;
  const router = useRouter();
  const [working, start] = useTransition();
  const run = (act: () => Promise<ActionResult>, after?: () => void) =>
    start(async () => {
      const done = await act();
      if (!done.ok) return toast(done.problem.message);
      after?.();
      router.refresh();
    });
  if (!props.mayWrite && notes.labels.length === 0 && notes.comments.length === 0) return null;
  return (
    <section
      aria-label="Notes"
      className="thin-scroll max-h-44 flex-none overflow-auto border-t border-line px-5 py-1.5 phone:px-4"
    >
      <div className="flex flex-wrap items-center gap-1.5">
        <h2 className="text-sm font-med text-ink-2">Notes</h2>
        {notes.labels.map((label) => (
          <span key={label} className="flex items-center rounded-2 border border-line bg-sunken pl-2 text-sm">
            {visibleText(label)}
            {props.mayWrite ? (
              <button
                type="button"
                aria-label={`Take off ${label}`}
                disabled={working}
                className="grid size-6 place-items-center text-ink-3 hover:text-ink phone:size-10"
                onClick={() =>
                  run(
                    () => actions.removeLabel(callId, label),
                    () => toast(`Took off ${label}.`, () => run(() => actions.addLabel(callId, label))),
                  )
                }
              >
                <X size={12} aria-hidden="true" />
              </button>
            ) : (
              <span className="w-2" />
            )}
          </span>
        ))}
        {props.mayWrite && (
          <>
            <NewLabel
              suggestions={notes.suggestions}
              busy={working}
              onAdd={(label) => run(() => actions.addLabel(callId, label))}
            />
            <NewComment
              playheadMs={props.playheadMs}
              busy={working}
              onAdd={(text, at, done) => run(() => actions.addComment(callId, text, at), done)}
            />
          </>
        )}
      </div>
      {notes.comments.length > 0 && (
        <ul className="mt-1 grid gap-0.5">
          {notes.comments.map((comment) => (
            <CommentRow
              key={comment.id}
              comment={comment}
              busy={working}
              onSeek={props.onSeek}
              onDelete={() =>
                run(
                  () => actions.deleteComment(callId, comment.id, true),
                  () => toast('Comment deleted.', () => run(() => actions.deleteComment(callId, comment.id, false))),
                )
              }
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function NewLabel(props: { suggestions: readonly string[]; busy: boolean; onAdd: (label: string) => void }) {
  const [label, setLabel] = useState('');
  const list = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (label.trim() === '') return;
    props.onAdd(label.trim());
    setLabel('');
  };
  return (
    <form onSubmit={submit}>
      <Input
        aria-label="Add a label"
        placeholder="Add a label"
        list={list}
        maxLength={40}
        value={label}
        disabled={props.busy}
        onChange={(event) => setLabel(event.target.value)}
        className="h-7 w-32 text-sm phone:h-11"
      />
      <datalist id={list}>
        {props.suggestions.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </form>
  );
}

function NewComment(props: {
  playheadMs: number;
  busy: boolean;
  onAdd: (text: string, at: number, done: () => void) => void;
}) {
  const [text, setText] = useState<string | null>(null);
  // The moment at which writing began, wherever the playhead goes meanwhile.
  const [at, setAt] = useState(0);
  if (text === null)
    return (
      <Button
        size="sm"
        kind="ghost"
        onClick={() => {
          setAt(Math.max(0, Math.round(props.playheadMs)));
          setText('');
        }}
      >
        <MessageSquarePlus size={13} aria-hidden="true" /> Comment at {clockTime(Math.max(0, props.playheadMs))}
      </Button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') props.onAdd(text.trim(), at, () => setText(null));
  };
  return (
    <form onSubmit={submit} className="flex min-w-60 flex-1 items-center gap-1.5">
      <Input
        autoFocus
        aria-label={`Comment at ${clockTime(at)}`}
        placeholder={`What about ${clockTime(at)}?`}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setText(null);
        }}
        className="h-7 min-w-0 flex-1 text-sm phone:h-11"
      />
      <Button size="sm" type="submit" disabled={props.busy || text.trim() === ''}>
        Comment
      </Button>
      <Button size="sm" kind="ghost" onClick={() => setText(null)}>
        Cancel
      </Button>
    </form>
  );
}

function CommentRow(props: {
  comment: CallComment;
  busy: boolean;
  onSeek: (ms: number) => void;
  onDelete: () => void;
}) {
  const { comment } = props;
  const { at } = comment;
  return (
    <li className="flex items-baseline gap-2 text-sm">
      {at !== null && (
        <button
          type="button"
          aria-label={`Go to ${clockTime(at)}`}
          className="font-mono text-accent underline-offset-2 hover:underline"
          onClick={() => props.onSeek(at)}
        >
          {clockTime(at)}
        </button>
      )}
      <span className="min-w-0 flex-1 break-words">
        <b className="font-med">{visibleText(comment.author)}</b> {visibleText(comment.text)}
      </span>
      <span className="text-ink-3">
        <LocalTime at={comment.createdAt} />
      </span>
      {comment.mine && (
        <button
          type="button"
          aria-label={`Delete this comment: ${comment.text.slice(0, 40)}`}
          disabled={props.busy}
          className="grid size-6 place-items-center text-ink-3 hover:text-ink phone:size-10"
          onClick={props.onDelete}
        >
          <X size={12} aria-hidden="true" />
        </button>
      )}
    </li>
  );
}
