'use client';
import { useState } from 'react';
import { Input } from '#src/components/ui/field.tsx';
import type { FormField } from '#src/lib/json-schema/form-field.ts';

/** A number as it is typed: what is half written, such as `-`, is kept until it is one. */
export function NumberInput(props: {
  id: string;
  'aria-invalid': true | undefined;
  field: Extract<FormField, { kind: 'number' }>;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const { field, value, onChange, ...control } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed !== null && Number(typed) === value ? typed : typeof value === 'number' ? String(value) : '';
  return (
    <Input
      {...control}
      inputMode={field.whole ? 'numeric' : 'decimal'}
      value={typed !== null && value === undefined ? typed : shown}
      placeholder={rangeWords(field.min, field.max)}
      className="font-mono"
      autoComplete="off"
      onChange={(event) => {
        const text = event.target.value.trim();
        setTyped(event.target.value);
        const number = Number(text);
        onChange(text === '' || !Number.isFinite(number) ? undefined : number);
      }}
    />
  );
}

function rangeWords(min: number | null, max: number | null): string | undefined {
  if (min !== null && max !== null) return `${min} to ${max}`;
  if (min !== null) return `${min} or more`;
  return max === null ? undefined : `${max} or less`;
}
