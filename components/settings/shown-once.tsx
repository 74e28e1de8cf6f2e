'use client';
import { CopyButton } from '#src/components/ui/copy-button.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';

/** Something that is in this answer and nowhere else. */
export function ShownOnce({ label, secret, hint }: { label: string; secret: string; hint: string }) {
  return (
    <Field label={label} help={hint}>
      {(control) => (
        <span className="flex gap-2">
          <Input
            {...control}
            readOnly
            value={secret}
            onFocus={(event) => event.currentTarget.select()}
            className="font-mono"
          />
          <CopyButton text={secret} kind="plain" size="md" />
        </span>
      )}
    </Field>
  );
}
