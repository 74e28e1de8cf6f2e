import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '#src/components/ui/class-names.ts';

export type ButtonLook = {
  kind?: 'plain' | 'primary' | 'ghost' | 'danger' | undefined;
  size?: 'md' | 'sm' | undefined;
  /** A square button: give it an `aria-label`. */
  square?: boolean | undefined;
};

const kinds = {
  plain: 'border-line-strong bg-surface text-ink hover:bg-hover',
  primary: 'border-accent bg-accent text-on-accent hover:border-accent-hover hover:bg-accent-hover',
  ghost: 'border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'border-danger bg-danger text-on-danger hover:brightness-110',
};

/** The classes of a button, for links and library triggers that look like one. */
export function buttonClass({ kind = 'plain', size = 'md', square = false }: ButtonLook = {}): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-2 border font-med whitespace-nowrap no-underline transition-colors duration-(--fast)',
    'disabled:border-line-strong disabled:bg-sunken disabled:text-ink-3 aria-disabled:border-line-strong aria-disabled:bg-sunken aria-disabled:text-ink-3',
    kinds[kind],
    size === 'md' ? 'h-(--ctl) text-md' : 'h-(--ctl-sm) text-sm',
    square ? (size === 'md' ? 'w-(--ctl)' : 'w-(--ctl-sm)') : size === 'md' ? 'px-[11px]' : 'px-2',
  );
}

export function Button({ kind, size, square, className, ...rest }: ButtonLook & ComponentProps<'button'>) {
  return <button type="button" {...rest} className={classNames(buttonClass({ kind, size, square }), className)} />;
}

export function ButtonLink({
  kind,
  size,
  square,
  className,
  children,
  ...rest
}: ButtonLook & ComponentProps<typeof Link> & { children: ReactNode }) {
  return (
    <Link {...rest} className={classNames(buttonClass({ kind, size, square }), className)}>
      {children}
    </Link>
  );
}
