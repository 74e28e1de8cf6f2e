'use client';
import { useState } from 'react';
import { type ConnectActions, ConnectServer } from '#src/components/servers/connect-server.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Dialog } from '#src/components/ui/dialog.tsx';
import { Note } from '#src/components/ui/note.tsx';
import { counted } from '#src/lib/time-words.ts';

/** Name, address, key: save and test in one step, without leaving the assistant. */
export function AddServerDialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  actions: ConnectActions;
  /** The server is stored, tested or not: the page behind has something new. */
  onChanged: () => void;
}) {
  const [found, setFound] = useState<number | null>(null);
  const close = () => {
    props.onOpenChange(false);
    setFound(null);
  };
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => (open ? props.onOpenChange(true) : close())}
      title="Add MCP server"
      description="Patchbay shakes hands with it and lists its tools. Nothing is called."
      wide
    >
      <ConnectServer
        stacked
        server={null}
        handshake={null}
        actions={props.actions}
        onSaved={props.onChanged}
        onPassed={(_server, handshake) => {
          setFound(handshake.tools);
          props.onChanged();
        }}
        below={
          found !== null && (
            <Note tone="accent" className="mt-3">
              <b className="font-med">{counted(found, 'tool')} found.</b>{' '}
              <span className="text-ink-2">They are off until you switch them on, under Tools.</span>
              <div className="mt-2">
                <Button size="sm" kind="primary" onClick={close}>
                  Choose tools
                </Button>
              </div>
            </Note>
          )
        }
      />
    </Dialog>
  );
}
