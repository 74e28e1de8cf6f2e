'use client';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { Button, type ButtonLook } from '#src/components/ui/button.tsx';

export function CopyButton({
  text,
  label = 'Copy',
  ...look
}: { text: string; label?: string; className?: string } & ButtonLook) {
  const [copied, setCopied] = useState(false);
  return (
    <Button
      kind="ghost"
      size="sm"
      {...look}
      onClick={async () => {
        await navigator.clipboard.writeText(text);
        setCopied(true);
      }}
    >
      <Copy size={13} aria-hidden="true" />
      <span aria-live="polite">{copied ? 'Copied' : label}</span>
    </Button>
  );
}
