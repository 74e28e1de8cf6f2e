'use client';
import { Plus, X } from 'lucide-react';
import { useId, useState } from 'react';
import { JsonInput } from '#src/components/tools/json-input.tsx';
import { NumberInput } from '#src/components/tools/number-input.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Field, Input, Select, TextArea } from '#src/components/ui/field.tsx';
import type { FormField } from '#src/lib/json-schema/form-field.ts';
import { initialValue } from '#src/lib/json-schema/initial-value.ts';
import { isRecord } from '#src/lib/json-schema/is-record.ts';
import { visibleText } from '#src/lib/visible-text.ts';

export type FieldProps = {
  field: FormField;
  name: string;
  required: boolean;
  value: unknown;
  /** Undefined: the field is left out. */
  onChange: (value: unknown) => void;
  missing: readonly string[];
  path: string;
};

/** The fields of an object, one under the other; short ones stand side by side. */
export function ObjectFields(props: {
  field: Extract<FormField, { kind: 'object' }>;
  value: unknown;
  onChange: (value: Record<string, unknown>) => void;
  missing: readonly string[];
  path?: string;
}) {
  const given: Record<string, unknown> = isRecord(props.value) ? props.value : {};
  return (
    <div className="grid grid-cols-2 gap-x-2.5 gap-y-3">
      {props.field.fields.map(({ name, required, field }) => (
        <div key={name} className={isShort(field) ? 'min-w-0 phone:col-span-2' : 'col-span-2 min-w-0'}>
          <SchemaField
            field={field}
            name={name}
            required={required}
            value={Object.hasOwn(given, name) ? given[name] : undefined}
            missing={props.missing}
            path={props.path ? `${props.path}.${name}` : name}
            onChange={(value) => {
              const { [name]: _, ...others } = given;
              props.onChange(value === undefined ? others : { ...others, [name]: value });
            }}
          />
        </div>
      ))}
      {props.field.left > 0 && (
        <p className="col-span-2 text-sm text-ink-3">{props.field.left} more fields: write them as JSON.</p>
      )}
    </div>
  );
}

const isShort = (field: FormField): boolean =>
  field.kind === 'number' || field.kind === 'yes-no' || (field.kind === 'choice' && field.options.length < 12);

function SchemaField(props: FieldProps) {
  const { field } = props;
  if (field.kind === 'object' || field.kind === 'list' || field.kind === 'variant')
    return <Group {...props} field={field} />;
  const error = props.missing.includes(props.path) ? 'Needed.' : undefined;
  return (
    <Field
      label={<Label name={props.name} title={field.title} required={props.required} />}
      help={field.description ? visibleText(field.description) : undefined}
      error={error}
    >
      {(control) => <Control {...props} control={control} />}
    </Field>
  );
}

function Label(props: { name: string; title: string | null; required: boolean }) {
  return (
    <>
      <span className="font-mono">{visibleText(props.name)}</span>{' '}
      <span className="font-reg text-ink-3">{props.required ? 'required' : 'optional'}</span>
    </>
  );
}

type ControlProps = FieldProps & { control: { id: string; 'aria-invalid': true | undefined } };

function Control({ field, value, onChange, required, control }: ControlProps) {
  if (field.kind === 'number') return <NumberInput {...control} field={field} value={value} onChange={onChange} />;
  if (field.kind === 'yes-no')
    return (
      <Select
        {...control}
        value={value === true ? 'yes' : value === false ? 'no' : ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value === 'yes')}
      >
        <option value="">{required ? 'Choose' : 'Left out'}</option>
        <option value="yes">Yes</option>
        <option value="no">No</option>
      </Select>
    );
  if (field.kind === 'choice') {
    const chosen = field.options.findIndex((one) => JSON.stringify(one.value) === JSON.stringify(value));
    return (
      <Select
        {...control}
        value={String(chosen)}
        onChange={(event) => onChange(field.options[Number(event.target.value)]?.value)}
      >
        <option value="-1">{required ? 'Choose' : 'Left out'}</option>
        {field.options.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: options of a schema do not move
          <option key={index} value={index}>
            {visibleText(one.label)}
          </option>
        ))}
      </Select>
    );
  }
  if (field.kind === 'text') {
    const text = typeof value === 'string' ? value : '';
    const change = (next: string) => onChange(next === '' && !required ? undefined : next);
    return field.long ? (
      <TextArea {...control} rows={3} value={text} onChange={(event) => change(event.target.value)} />
    ) : (
      <Input
        {...control}
        type={inputType(field.format)}
        value={text}
        onChange={(event) => change(event.target.value)}
        spellCheck={false}
        autoComplete="off"
        placeholder={field.format ?? undefined}
      />
    );
  }
  return <JsonInput {...control} value={value} onChange={onChange} />;
}

/** Only those whose value has the form that JSON Schema asks for. */
const inputType = (format: string | null): string =>
  format === 'date' ? 'date' : format === 'email' ? 'email' : 'text';

function Group(props: FieldProps & { field: Extract<FormField, { kind: 'object' | 'list' | 'variant' }> }) {
  const { field, value, onChange, required } = props;
  const legend = useId();
  const there = value !== undefined;
  return (
    <fieldset aria-labelledby={legend} className="rounded-2 border border-line px-3 py-2.5">
      <div className="flex items-center gap-2">
        <span id={legend} className="min-w-0 flex-1 text-sm font-med text-ink-2">
          <Label name={props.name} title={field.title} required={required} />
        </span>
        {!required && (
          <Button size="sm" kind="ghost" onClick={() => onChange(there ? undefined : startOf(field))}>
            {there ? 'Leave out' : 'Fill in'}
          </Button>
        )}
      </div>
      {field.description && <p className="text-sm text-ink-3">{visibleText(field.description)}</p>}
      {(there || required) && (
        <div className="mt-2">
          {field.kind === 'object' ? (
            <ObjectFields field={field} value={value} onChange={onChange} missing={props.missing} path={props.path} />
          ) : field.kind === 'list' ? (
            <ListItems {...props} field={field} />
          ) : (
            <Variant {...props} field={field} />
          )}
        </div>
      )}
    </fieldset>
  );
}

const startOf = (field: FormField): unknown => initialValue(field) ?? (field.kind === 'list' ? [] : {});

function ListItems(props: FieldProps & { field: Extract<FormField, { kind: 'list' }> }) {
  const items = Array.isArray(props.value) ? props.value : [];
  const set = (next: unknown[]) => props.onChange(next);
  return (
    <div className="grid gap-2">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
        <div key={index} className="flex items-start gap-1.5">
          <div className="min-w-0 flex-1">
            <SchemaField
              field={props.field.item}
              name={String(index + 1)}
              required
              value={item}
              missing={[]}
              path={`${props.path}.${index}`}
              onChange={(value) => set(items.map((one, i) => (i === index ? (value ?? null) : one)))}
            />
          </div>
          <Button
            size="sm"
            kind="ghost"
            square
            aria-label={`Remove item ${index + 1}`}
            onClick={() => set(items.filter((_, i) => i !== index))}
          >
            <X size={13} aria-hidden="true" />
          </Button>
        </div>
      ))}
      <Button
        size="sm"
        className="justify-self-start"
        onClick={() => set([...items, initialValue(props.field.item) ?? emptyOf(props.field.item)])}
      >
        <Plus size={13} aria-hidden="true" /> Add item
      </Button>
    </div>
  );
}

const emptyOf = (field: FormField): unknown =>
  field.kind === 'text'
    ? ''
    : field.kind === 'number'
      ? 0
      : field.kind === 'yes-no'
        ? false
        : field.kind === 'list'
          ? []
          : {};

function Variant(props: FieldProps & { field: Extract<FormField, { kind: 'variant' }> }) {
  const [chosen, setChosen] = useState(0);
  const variant = props.field.variants[chosen];
  const id = useId();
  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="sr-only">
        Form of {props.name}
      </label>
      <Select
        id={id}
        value={String(chosen)}
        onChange={(event) => {
          const index = Number(event.target.value);
          setChosen(index);
          const next = props.field.variants[index]?.field;
          props.onChange(next ? (initialValue(next) ?? emptyOf(next)) : undefined);
        }}
      >
        {props.field.variants.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: forms of a schema do not move
          <option key={index} value={index}>
            {visibleText(one.label)}
          </option>
        ))}
      </Select>
      {variant &&
        (variant.field.kind === 'object' ? (
          <ObjectFields
            field={variant.field}
            value={props.value}
            onChange={props.onChange}
            missing={props.missing}
            path={props.path}
          />
        ) : (
          <SchemaField {...props} field={variant.field} required />
        ))}
    </div>
  );
}
