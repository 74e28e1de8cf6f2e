'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { ConfirmDialog } from '#src/components/ui/confirm-dialog.tsx';
import { toast } from '#src/components/ui/toast-store.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { McpServer } from '#src/lib/mcp/mcp-server.ts';

export type DeleteServerActions = {
  remove: (serverId: string) => Promise<ActionResult>;
  restore: (serverId: string) => Promise<ActionResult>;
};

/** Deletes a server, says first which assistants lose its tools, and can take it back. */
export function DeleteServer(props: {
  server: McpServer;
  usedBy: { id: string; name: string }[];
  actions: DeleteServerActions;
  large?: boolean;
}) {
  const [asking, setAsking] = useState(false);
  const router = useRouter();
  const { server, usedBy } = props;
  const act = async () => {
    const done = await props.actions.remove(server.id);
    if (!done.ok) return toast(`Not deleted. ${done.problem.message}`);
    router.push('/servers');
    toast(`${server.name} is deleted.`, () => {
      void props.actions.restore(server.id).then(() => router.push(`/servers/${server.id}`));
    });
  };
  return (
    <>
      <Button size={props.large ? 'md' : 'sm'} kind="ghost" onClick={() => setAsking(true)}>
        Delete
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${server.name}?`}
        act="Delete server"
        onAct={() => void act()}
      >
        {usedBy.length === 0
          ? 'No assistant uses it.'
          : `${usedBy.map((one) => one.name).join(', ')} ${usedBy.length === 1 ? 'loses' : 'lose'} its tools. Calls that run now keep them until they end.`}{' '}
        Its key is no longer used.
      </ConfirmDialog>
    </>
  );
}
