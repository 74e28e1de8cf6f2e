'use client';
import { Link2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ShownOnce } from '#src/components/settings/shown-once.tsx';
import { type MakeTalkLink, TesterLinkForm } from '#src/components/talk/tester-link-form.tsx';
import { TesterLinkRow } from '#src/components/talk/tester-link-row.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Dialog } from '#src/components/ui/dialog.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Link } from '#src/lib/links/link.ts';

export type TesterLinkActions = {
  make: MakeTalkLink;
  takeBack: (linkId: string) => Promise<ActionResult>;
};

/** Links with which someone without an account calls the published version: a new one, and those that there are. */
export function TesterLinks(props: { published: number | null; links: Link[]; actions: TesterLinkActions }) {
  const { published, links, actions } = props;
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [url, setUrl] = useState<string | null>(null);
  return (
    <>
      <Button onClick={() => setOpen(true)} className="w-full phone:h-11">
        <Link2 size={15} aria-hidden="true" /> Tester link
      </Button>
      <Dialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next);
          if (!next) setUrl(null);
        }}
        title="Tester link"
        description={
          published === null ? undefined : (
            <>
              Whoever has it calls <span className="mono">v{published}</span>, or what is published then, in a browser
              and without an account.
            </>
          )
        }
      >
        {published === null ? (
          <p>
            A tester link calls the published version, and this assistant was never published. Publish it, then make the
            link.
          </p>
        ) : url ? (
          <div className="grid gap-3">
            <ShownOnce label="Tester link" secret={url} hint="Send it to whoever should call. It is not shown again." />
            <Button className="justify-self-start" onClick={() => setUrl(null)}>
              Make another
            </Button>
          </div>
        ) : (
          <TesterLinkForm
            make={actions.make}
            onMade={(made) => {
              setUrl(made.url);
              router.refresh();
            }}
          />
        )}
        {links.length > 0 && (
          <section aria-label="Tester links of this assistant" className="mt-5">
            <h3 className="text-sm font-bold">Links of this assistant</h3>
            <ul className="mt-1.5 divide-y divide-line border-y border-line">
              {links.map((link) => (
                <TesterLinkRow key={link.id} link={link} takeBack={actions.takeBack} />
              ))}
            </ul>
          </section>
        )}
      </Dialog>
    </>
  );
}
