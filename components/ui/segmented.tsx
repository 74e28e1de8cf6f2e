'use client';
/** A few choices of which one holds. */
export function Segmented<T extends string>(props: {
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  return (
    <fieldset className="inline-flex gap-px rounded-2 border border-line-strong bg-sunken p-0.5">
      <legend className="sr-only">{props.label}</legend>
      {props.choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === props.value}
          onClick={() => props.onChange(choice.value)}
          className="h-[calc(var(--ctl)-6px)] rounded-[4px] px-2.5 text-sm font-med whitespace-nowrap text-ink-2 aria-pressed:bg-raised aria-pressed:text-ink aria-pressed:ring-1 aria-pressed:ring-line-strong"
        >
          {choice.label}
        </button>
      ))}
    </fieldset>
  );
}
