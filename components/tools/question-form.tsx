'use client';
import { useMemo, useState } from 'react';
import { ObjectFields } from '#src/components/tools/schema-form.tsx';
import type { Question } from '#src/components/tools/use-inspect.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Note } from '#src/components/ui/note.tsx';
import { formField } from '#src/lib/json-schema/form-field.ts';
import { initialValue, missingFields } from '#src/lib/json-schema/initial-value.ts';
import { isRecord } from '#src/lib/json-schema/is-record.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** A server asks for something before it goes on (MCP elicitation). */
export function QuestionForm(props: {
  question: Question;
  onAnswer: (action: 'accept' | 'decline', content?: Record<string, unknown>) => void;
  /** Calls the question off, where that is another thing than to decline it. */
  onCancel?: () => void;
  disabled?: boolean;
}) {
  const form = useMemo(() => formField(props.question.schema), [props.question.schema]);
  const [content, setContent] = useState<Record<string, unknown>>(() => {
    const value = initialValue(form);
    return isRecord(value) ? value : {};
  });
  const [missing, setMissing] = useState<string[]>([]);
  return (
    <Note tone="write" alert className="mt-3">
      <b className="font-med">The server asks:</b> {visibleText(props.question.message)}
      <div className="mt-2.5 grid gap-3">
        {form.kind === 'object' && (
          <ObjectFields field={form} value={content} onChange={setContent} missing={missing} />
        )}
        <div className="flex gap-2">
          <Button
            kind="primary"
            size="sm"
            disabled={props.disabled}
            onClick={() => {
              const lacking = missingFields(form, content);
              setMissing(lacking);
              if (lacking.length === 0) props.onAnswer('accept', content);
            }}
          >
            Send the answer
          </Button>
          <Button size="sm" disabled={props.disabled} onClick={() => props.onAnswer('decline')}>
            Decline
          </Button>
          {props.onCancel && (
            <Button size="sm" kind="ghost" disabled={props.disabled} onClick={props.onCancel}>
              Cancel
            </Button>
          )}
        </div>
      </div>
    </Note>
  );
}
