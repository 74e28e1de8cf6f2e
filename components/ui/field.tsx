import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import { classNames } from '#src/components/ui/class-names.ts';

const box =
  'w-full rounded-2 border border-control bg-surface px-[9px] text-md text-ink phone:text-[16px] aria-invalid:border-fail-fill aria-invalid:ring-1 aria-invalid:ring-fail-fill disabled:bg-sunken disabled:text-ink-3 [&[readonly]]:bg-sunken';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={classNames(box, 'h-(--ctl)', className)} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...rest} className={classNames(box, 'py-[5px] leading-[1.5]', className)} />;
}

/** The browser's own select: it works on a phone and with every keyboard. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={classNames('relative block', className)}>
      <select {...rest} className={classNames(box, 'h-(--ctl) appearance-none pr-7')}>
        {children}
      </select>
      <svg
        viewBox="0 0 12 12"
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2 size-3 -translate-y-1/2 fill-none stroke-ink-3 stroke-[1.6]"
      >
        <path d="m3 4.5 3 3 3-3" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </span>
  );
}

/** Ties a label, a help line and an error to one control. */
export function Field(props: {
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  className?: string | undefined;
  children: (control: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': true | undefined;
  }) => ReactNode;
}) {
  const id = useId();
  const noteId = props.error || props.help ? `${id}-note` : undefined;
  return (
    <div className={classNames('grid content-start gap-[5px]', props.className)}>
      <label htmlFor={id} className="text-sm font-med text-ink-2">
        {props.label}
      </label>
      {props.children({ id, 'aria-describedby': noteId, 'aria-invalid': props.error ? true : undefined })}
      {props.error ? (
        <p id={noteId} className="text-sm text-fail">
          {props.error}
        </p>
      ) : (
        props.help && (
          <p id={noteId} className="text-sm text-ink-3">
            {props.help}
          </p>
        )
      )}
    </div>
  );
}
