'use client';
import { useState } from 'react';
import { TextArea } from '#src/components/ui/field.tsx';

/** A value written as JSON. What is not JSON yet is kept, and said. */
export function JsonInput(props: {
  id: string;
  'aria-invalid'?: true | undefined;
  value: unknown;
  rows?: number;
  onChange: (value: unknown) => void;
  onBroken?: (problem: string | null) => void;
}) {
  const { value, onChange, onBroken, rows = 3, ...control } = props;
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  const [problem, setProblem] = useState<string | null>(null);
  const take = (next: string) => {
    setText(next);
    let broken: string | null = null;
    try {
      onChange(next.trim() === '' ? undefined : JSON.parse(next));
    } catch (error) {
      broken = error instanceof Error ? error.message : 'This is not JSON.';
    }
    setProblem(broken);
    onBroken?.(broken);
  };
  return (
    <>
      <TextArea
        {...control}
        rows={rows}
        value={text}
        onChange={(event) => take(event.target.value)}
        className="font-mono text-[12px]"
        spellCheck={false}
        aria-invalid={problem ? true : control['aria-invalid']}
      />
      {problem && (
        <p role="status" className="text-sm text-fail">
          Not JSON yet: {problem}
        </p>
      )}
    </>
  );
}
