'use client';
import { Eraser } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '#src/components/settings/use-change.ts';
import { Button } from '#src/components/ui/button.tsx';
import { ConfirmDialog } from '#src/components/ui/confirm-dialog.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';

export type Erase = (callId: string) => Promise<ActionResult>;

/** Erases what was said and given in a call, after a question: nobody can bring it back. */
export function EraseButton({ callId, erase }: { callId: string; erase: Erase }) {
  const [asking, setAsking] = useState(false);
  const [busy, change] = useChange();
  const act = async () => {
    const done = await erase(callId);
    // The page holds the log that was: it is read anew.
    if (done.ok) location.assign(location.pathname);
    return done;
  };
  return (
    <>
      <Button
        kind="ghost"
        aria-label="Erase what was said"
        title="Erase what was said"
        disabled={busy}
        className="phone:hidden"
        onClick={() => setAsking(true)}
      >
        <Eraser size={15} aria-hidden="true" />
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Erase the content of this call?"
        act="Erase for good"
        onAct={() => change(act)}
      >
        What was said, what tools were given and answered, the recording and the comments are deleted. That the call
        took place, its times and which tools ran stay, and the log still proves that nobody changed them. This cannot
        be undone.
      </ConfirmDialog>
    </>
  );
}
