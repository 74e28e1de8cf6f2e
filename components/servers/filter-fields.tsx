'use client';
import { useState } from 'react';
import { PolicyNumber } from '#src/components/servers/policy-number.tsx';
import { Field, TextArea } from '#src/components/ui/field.tsx';
import {
  type OutputFilter,
  outputFilterSchema,
  readOutputFilter,
  redactions,
  writeOutputFilter,
} from '#src/lib/mcp/output-filter.ts';

const redactionWords = { card: 'Card numbers', email: 'E-mail addresses', phone: 'Phone numbers' } as const;

/** What is left of a tool's answer before model, log and page get it. Each field saves by itself. */
export function FilterFields(props: { text: string | null; disabled: boolean; onText: (text: string | null) => void }) {
  const { text, disabled } = props;
  const filter = readable(text);
  // Fixed: a filter that is emptied must not close under the hand that empties it.
  const [startsOpen] = useState(text !== null);
  const [problem, setProblem] = useState<{ field: string; message: string } | null>(null);
  const change = (part: OutputFilter): boolean => {
    const next = outputFilterSchema.safeParse({ ...filter, ...part });
    const issue = next.error?.issues[0];
    setProblem(issue ? { field: String(issue.path[0]), message: issue.message } : null);
    if (next.success) props.onText(writeOutputFilter(next.data));
    return next.success;
  };
  const problemOf = (field: keyof OutputFilter) => (problem?.field === field ? problem.message : undefined);
  return (
    <details className="col-span-2 rounded-2 border border-line" open={startsOpen}>
      <summary className="px-3 py-2 font-med">Output filter</summary>
      <div className="grid grid-cols-2 gap-3 px-3 pt-1 pb-3">
        <p className="col-span-2 text-sm text-ink-3">
          Works before the model, the log and the page of a call get an answer.
        </p>
        <Lines
          label="Only these fields, one a line"
          help="Such as total or items[].name. Empty: all."
          lines={filter.fields ?? []}
          error={problemOf('fields')}
          disabled={disabled}
          onLines={(fields) => change({ fields })}
        />
        <Lines
          label="Take out by pattern, one a line"
          help="Regular expressions. One that is too slow is stopped, and the answer withheld."
          lines={filter.patterns ?? []}
          error={problemOf('patterns')}
          disabled={disabled}
          onLines={(patterns) => change({ patterns })}
        />
        <fieldset className="grid content-start gap-1.5">
          <legend className="pb-[5px] text-sm font-med text-ink-2">Take out</legend>
          {redactions.map((kind) => (
            <Check
              key={kind}
              label={redactionWords[kind]}
              checked={filter.redact?.includes(kind) ?? false}
              disabled={disabled}
              onChecked={(checked) =>
                change({ redact: redactions.filter((one) => (one === kind ? checked : filter.redact?.includes(one))) })
              }
            />
          ))}
        </fieldset>
        <div className="grid content-start gap-3">
          <PolicyNumber
            label="Most characters"
            help="Empty: 16,000."
            value={filter.maxChars ?? null}
            min={1}
            max={100_000}
            step={1}
            disabled={disabled}
            onNumber={(maxChars) => change({ maxChars: maxChars ?? undefined })}
          />
          <Check
            label="Trim white space"
            checked={filter.trim ?? false}
            disabled={disabled}
            onChecked={(trim) => change({ trim })}
          />
        </div>
      </div>
    </details>
  );
}

function Lines(props: {
  label: string;
  help: string;
  lines: string[];
  error: string | undefined;
  disabled: boolean;
  onLines: (lines: string[]) => void;
}) {
  const text = props.lines.join('\n');
  return (
    <Field label={props.label} help={props.help} error={props.error}>
      {(control) => (
        <TextArea
          {...control}
          key={text}
          rows={3}
          spellCheck={false}
          disabled={props.disabled}
          defaultValue={text}
          className="font-mono"
          onBlur={(event) => {
            const lines = event.target.value
              .split('\n')
              .map((line) => line.trim())
              .filter((line) => line !== '');
            if (lines.join('\n') !== text) props.onLines(lines);
          }}
        />
      )}
    </Field>
  );
}

function Check(props: { label: string; checked: boolean; disabled: boolean; onChecked: (checked: boolean) => void }) {
  return (
    <label className="flex items-center gap-2">
      <input
        type="checkbox"
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onChecked(event.target.checked)}
      />
      {props.label}
    </label>
  );
}

/** A filter of a policy was checked when it was stored; one that cannot be read is shown as none. */
function readable(text: string | null): OutputFilter {
  try {
    return readOutputFilter(text);
  } catch {
    return {};
  }
}
