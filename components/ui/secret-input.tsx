'use client';
import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { Input } from '#src/components/ui/field.tsx';

/** A password or key: hidden, and shown on demand so that it can be checked by eye. */
export function SecretInput({ label, ...rest }: Omit<ComponentProps<'input'>, 'type'> & { label: string }) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <span className="relative block">
      <Input {...rest} type={shown ? 'text' : 'password'} className="pr-9 font-mono" spellCheck={false} />
      <button
        type="button"
        aria-label={shown ? `Hide the ${label}` : `Show the ${label}`}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute top-1/2 right-1 grid size-7 -translate-y-1/2 place-items-center rounded-1 text-ink-3 hover:text-ink"
      >
        <Icon size={15} aria-hidden="true" />
      </button>
    </span>
  );
}
