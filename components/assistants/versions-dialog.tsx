'use client';
import { useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { Dialog } from '#src/components/ui/dialog.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';

export type VersionRow = { version: number; createdAt: string; createdBy: string | null };

/** What was published and when; any version can be taken into the draft again. */
export function VersionsDialog(props: {
  versions: VersionRow[];
  published: number | null;
  readOnly: boolean;
  onTake: (version: number) => Promise<void>;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="ghost" className="phone:hidden" onClick={() => setOpen(true)}>
        Versions
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Versions"
        description="A published version never changes. Calls keep the one they began with."
      >
        {props.versions.length === 0 ? (
          <p className="text-ink-3">Nothing was published yet.</p>
        ) : (
          <ul className="divide-y divide-line border-y border-line">
            {props.versions.map((row) => (
              <li key={row.version} className="flex items-center gap-2.5 py-2">
                <span className="font-mono font-med">v{row.version}</span>
                <span className="min-w-0 flex-1 truncate text-sm text-ink-3">
                  <LocalTime at={row.createdAt} as="moment" />
                  {row.createdBy && ` by ${row.createdBy}`}
                </span>
                {row.version === props.published && <Chip tone="read">callers get this</Chip>}
                {!props.readOnly && (
                  <Button
                    size="sm"
                    onClick={() => {
                      void props.onTake(row.version);
                      setOpen(false);
                    }}
                  >
                    Take into the draft
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Dialog>
    </>
  );
}
