import Link from 'next/link';

/** A number that leads to what it counts. */
export function FigureTile(props: {
  value: string;
  label: string;
  href: string;
  note?: string;
  tone?: 'fail' | 'write';
}) {
  const colour = props.tone === 'fail' ? 'text-fail' : props.tone === 'write' ? 'text-write' : 'text-ink';
  return (
    <Link
      href={props.href}
      className="grid min-w-0 content-start gap-0.5 border-line px-5 py-4 text-ink no-underline -outline-offset-2 not-first:border-l hover:bg-hover phone:px-4 phone:py-3 phone:odd:border-l-0"
    >
      <span className={`font-mono text-2xl leading-tight font-med ${colour}`}>{props.value}</span>
      <span className="text-sm text-ink-2">{props.label}</span>
      {props.note && <span className="text-sm text-ink-3">{props.note}</span>}
    </Link>
  );
}
