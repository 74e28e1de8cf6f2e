'use client';
import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { readFilterForm } from '#src/components/calls/read-filter-form.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Dialog } from '#src/components/ui/dialog.tsx';
import { Field, Input, Select } from '#src/components/ui/field.tsx';
import { endedReasonSchema } from '#src/lib/calls/call.ts';
import { type CallFilter, type CallFilterName, callsHref } from '#src/lib/calls/call-filter.ts';
import { endedWords } from '#src/lib/calls/ended-words.ts';
import { callerKindWords, sinceWords, statusWords } from '#src/lib/calls/filter-words.ts';
import { flagNames } from '#src/lib/flags/flag-code.ts';

export type FilterChoices = { assistants: { id: string; name: string }[]; tools: string[]; labels: string[] };

/** All filters in one form. What stays empty does not count. */
export function FilterDialog(props: { filter: CallFilter; choices: FilterChoices; close: () => void }) {
  const { filter, choices, close } = props;
  const router = useRouter();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    router.push(callsHref(readFilterForm(new FormData(event.currentTarget), filter.q)));
    close();
  };
  const select = (name: CallFilterName, label: string, options: [string, string][]) => (
    <Field label={label}>
      {(control) => (
        <Select {...control} name={name} defaultValue={String(filter[name] ?? '')}>
          <option value="">Any</option>
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
  const words = (name: CallFilterName, label: string, list?: string[], placeholder = 'Any') => (
    <Field label={label}>
      {(control) => (
        <>
          <Input
            {...control}
            name={name}
            maxLength={200}
            placeholder={placeholder}
            defaultValue={String(filter[name] ?? '')}
            {...(list ? { list: `${control.id}-list` } : {})}
          />
          {list && (
            <datalist id={`${control.id}-list`}>
              {list.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
  const seconds = (name: 'replyOverMs' | 'minMs' | 'maxMs', label: string) => (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          name={name}
          type="number"
          min={0}
          max={86_400}
          step="any"
          defaultValue={filter[name] === undefined ? '' : filter[name] / 1000}
        />
      )}
    </Field>
  );
  const moment = (name: 'from' | 'to', label: string) => (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          name={name}
          type="datetime-local"
          defaultValue={filter[name] ? localValue(filter[name]) : ''}
        />
      )}
    </Field>
  );
  return (
    <Dialog open onOpenChange={(open) => !open && close()} title="Filter calls" wide>
      <form onSubmit={submit}>
        <div className="grid grid-cols-3 gap-x-4 gap-y-3 phone:grid-cols-1">
          {select('since', 'When', Object.entries(sinceWords))}
          {moment('from', 'From')}
          {moment('to', 'Until')}
          {select(
            'assistantId',
            'Assistant',
            choices.assistants.map(({ id, name }) => [id, name]),
          )}
          {words('version', 'Version', ['draft'], 'Number, or draft')}
          {words('caller', 'Caller’s name')}
          {select('callerKind', 'Caller is', Object.entries(callerKindWords))}
          {select('status', 'Outcome', Object.entries(statusWords))}
          {select(
            'endedReason',
            'Ended because',
            endedReasonSchema.options.map((reason) => [reason, endedWords(reason)]),
          )}
          {words('tool', 'Tool used', choices.tools)}
          {words('failedTool', 'Tool failed', ['any', ...choices.tools], 'Its name, or any')}
          {select('flag', 'Flagged', [['any', 'with anything'], ...Object.entries(flagNames)])}
          {seconds('replyOverMs', 'Longest reply over, s')}
          {seconds('minMs', 'At least this long, s')}
          {seconds('maxMs', 'At most this long, s')}
          {words('label', 'Label', choices.labels)}
          {select('wrote', 'A write was done', [['true', 'Yes']])}
          {select('broken', 'Needs a look', [['true', 'Failed, flagged, or a tool failed']])}
        </div>
        <div className="mt-4 flex justify-end gap-2">
          <Button
            onClick={() => {
              router.push(callsHref(filter.q ? { q: filter.q } : {}));
              close();
            }}
          >
            Leave all out
          </Button>
          <Button type="submit" kind="primary">
            Show calls
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** As a `datetime-local` field wants it, in the reader's zone. */
function localValue(at: string): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
