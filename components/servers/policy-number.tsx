'use client';
import type { ReactNode } from 'react';
import { Field, Input } from '#src/components/ui/field.tsx';

/** A number of a tool's rules. It saves when it is left, and goes back to what it was when it cannot be. */
export function PolicyNumber(props: {
  label: string;
  help?: ReactNode;
  value: number | null;
  min: number;
  max: number;
  step: number;
  disabled: boolean;
  /** Answers whether the number may be; null is an empty field. */
  onNumber: (value: number | null) => boolean;
}) {
  const { label, help, value, min, max, step, disabled, onNumber } = props;
  return (
    <Field label={label} help={help}>
      {(control) => (
        <Input
          {...control}
          key={value}
          type="number"
          min={min}
          max={max}
          step={step}
          disabled={disabled}
          defaultValue={value ?? ''}
          className="font-mono"
          onBlur={(event) => {
            const given = event.target.valueAsNumber;
            const next = Number.isNaN(given) ? null : given;
            if (next !== value && !onNumber(next)) event.target.value = value === null ? '' : String(value);
          }}
        />
      )}
    </Field>
  );
}
