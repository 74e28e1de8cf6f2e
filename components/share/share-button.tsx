'use client';
import { Share2 } from 'lucide-react';
import { useState } from 'react';
import { type ShareActions, ShareDialog } from '#src/components/share/share-dialog.tsx';
import { Button } from '#src/components/ui/button.tsx';
import type { Link } from '#src/lib/links/link.ts';

/** Opens the share links of a call that is over. */
export function ShareButton(props: { callId: string; links: Link[]; recorded: boolean; actions: ShareActions }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="ghost" onClick={() => setOpen(true)} title="Share this call by a link">
        <Share2 size={15} aria-hidden="true" /> <span className="narrow:sr-only">Share</span>
      </Button>
      <ShareDialog {...props} open={open} onOpenChange={setOpen} />
    </>
  );
}
