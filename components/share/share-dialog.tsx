'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ShownOnce } from '#src/components/settings/shown-once.tsx';
import { ShareForm, type ShareInput } from '#src/components/share/share-form.tsx';
import { ShareLinkRow } from '#src/components/share/share-link-row.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Dialog } from '#src/components/ui/dialog.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Link, MadeLink } from '#src/lib/links/link.ts';

export type ShareActions = {
  share: (callId: string, input: ShareInput) => Promise<ActionResult<MadeLink>>;
  revokeShare: (linkId: string) => Promise<ActionResult>;
};

/** Makes links to a call for people without an account, and takes them back. */
export function ShareDialog(props: {
  callId: string;
  links: Link[];
  /** There is a recording that can go with a link. */
  recorded: boolean;
  actions: ShareActions;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { callId, links, actions } = props;
  const router = useRouter();
  const [made, setMade] = useState<MadeLink | null>(null);
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => {
        props.onOpenChange(open);
        if (!open) setMade(null);
      }}
      title="Share this call"
      description="Whoever has the link reads the call without signing in. Card numbers, e-mail addresses and phone numbers are taken out of the text, and nobody of your team is named. Names that were spoken stay."
    >
      {made ? (
        <div className="grid gap-3">
          <ShownOnce
            label="Share link"
            secret={made.url}
            hint="Copy it now. It is stored only as a digest and is not shown again."
          />
          <Button className="justify-self-start" onClick={() => setMade(null)}>
            Make another link
          </Button>
        </div>
      ) : (
        <ShareForm
          recorded={props.recorded}
          share={async (input) => {
            const done = await actions.share(callId, input);
            if (!done.ok) return done.problem;
            setMade(done.value);
            router.refresh();
            return null;
          }}
        />
      )}
      <section aria-label="Links to this call" className="mt-4 border-t border-line pt-2.5">
        <h3 className="text-sm font-med text-ink-2">Links to this call</h3>
        {links.length === 0 ? (
          <p className="mt-1 text-sm text-ink-3">None yet.</p>
        ) : (
          <ul>
            {links.map((link) => (
              <ShareLinkRow key={link.id} link={link} revoke={actions.revokeShare} />
            ))}
          </ul>
        )}
      </section>
    </Dialog>
  );
}
