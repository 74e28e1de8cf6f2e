'use client';
import { Download, Plus, Upload } from 'lucide-react';
import { useState } from 'react';
import { ImportDialog, type ImportServers } from '#src/components/servers/import-dialog.tsx';
import { Button, ButtonLink, buttonClass } from '#src/components/ui/button.tsx';

/** Import, export, add. */
export function ServersActs(props: { run: ImportServers; none: boolean }) {
  const [importing, setImporting] = useState(false);
  return (
    <>
      <Button kind="ghost" onClick={() => setImporting(true)}>
        <Upload size={15} aria-hidden="true" /> Import
      </Button>
      {!props.none && (
        <a
          href="/api/v1/mcp-servers/export"
          download="patchbay-servers.json"
          className={buttonClass({ kind: 'ghost' })}
        >
          <Download size={15} aria-hidden="true" /> Export
        </a>
      )}
      <ButtonLink href="/servers/new" kind={props.none ? 'primary' : 'plain'}>
        <Plus size={15} aria-hidden="true" /> Add server
      </ButtonLink>
      <ImportDialog open={importing} onOpenChange={setImporting} run={props.run} />
    </>
  );
}
