'use client';
import { useState } from 'react';
import { SettingsSection } from '#src/components/settings/settings-section.tsx';
import { useChange } from '#src/components/settings/use-change.ts';
import { Button } from '#src/components/ui/button.tsx';
import { ConfirmDialog } from '#src/components/ui/confirm-dialog.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';

export function DemoData({ reset }: { reset: () => Promise<ActionResult> }) {
  const [asking, setAsking] = useState(false);
  const [busy, change] = useChange();
  return (
    <SettingsSection title="Demo data" hint="Luigi, his two servers, and what is stored in them.">
      <Button disabled={busy} onClick={() => setAsking(true)}>
        {busy ? 'Resetting…' : 'Reset demo data'}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Reset the demo data?"
        act="Reset demo data"
        onAct={() => change(reset, 'The demo is as it began.')}
      >
        The demo assistant and its servers go back to how they began, also orders and bookings. What you made yourself
        and all calls stay.
      </ConfirmDialog>
    </SettingsSection>
  );
}
