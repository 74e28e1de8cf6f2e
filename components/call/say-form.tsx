'use client';
import { SendHorizontal } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { Input } from '#src/components/ui/field.tsx';

/** Types instead of speaking. What could not be sent stays in the field. */
export function SayForm({ onSay }: { onSay: (text: string) => Promise<boolean> }) {
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      className="flex min-w-0 flex-1 items-center gap-1.5 desk:max-w-[520px]"
      onSubmit={async (event) => {
        event.preventDefault();
        const said = text.trim();
        if (!said) return;
        setText('');
        if (!(await onSay(said))) setText((now) => now || said);
        field.current?.focus();
      }}
    >
      <Input
        ref={field}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        aria-label="Type instead of speaking"
        placeholder="Type instead of speaking…"
        maxLength={2000}
        autoComplete="off"
        enterKeyHint="send"
      />
      <Button type="submit" square aria-label="Send" disabled={text.trim() === ''} className="phone:size-11">
        <SendHorizontal size={15} aria-hidden="true" />
      </Button>
    </form>
  );
}
