'use client';
import { Field, Input } from '#src/components/ui/field.tsx';

/** Can this be a number of days to keep something? Nothing is for ever. */
export const isDays = (text: string): boolean =>
  text === '' || (Number.isInteger(Number(text)) && Number(text) >= 1 && Number(text) <= 3650);

export const daysOf = (text: string): number | null => (text === '' ? null : Number(text));

/** How long something is kept. */
export function DaysField(props: { label: string; help: string; value: string; onChange: (value: string) => void }) {
  return (
    <Field
      label={props.label}
      help={props.help}
      error={isDays(props.value) ? undefined : 'A whole number from 1 to 3650, or nothing.'}
    >
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          className="max-w-28 font-mono"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value.trim())}
        />
      )}
    </Field>
  );
}
