'use client';
import { useRouter } from 'next/navigation';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { EarlierChecks } from '#src/components/handshake/earlier-checks.tsx';
import { PassedStrip } from '#src/components/handshake/passed-strip.tsx';
import { ConnectServer, type SaveServer } from '#src/components/servers/connect-server.tsx';
import { DeleteServer, type DeleteServerActions } from '#src/components/servers/delete-server.tsx';
import { ServerSummary } from '#src/components/servers/server-summary.tsx';
import type { ServerTool } from '#src/components/servers/server-tool.ts';
import { ServerTools } from '#src/components/servers/server-tools.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Handshake } from '#src/lib/mcp/handshake.ts';
import type { McpServer } from '#src/lib/mcp/mcp-server.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';

const tab =
  '-mb-px border-b-2 border-transparent pt-[9px] pb-2 font-med whitespace-nowrap text-ink-3 data-[state=active]:border-accent data-[state=active]:text-ink';

/** One server: a strip and its tools when all is well, the form and the ladder when it is not or is being edited. */
export function ServerPage(props: {
  server: McpServer;
  checks: Handshake[];
  tools: ServerTool[];
  usedBy: { id: string; name: string }[];
  mayWrite: boolean;
  mayTest: boolean;
  save: SaveServer;
  setPolicies: (changes: { tool: string; policy: ToolPolicy }[]) => Promise<ActionResult>;
  remove: DeleteServerActions;
}) {
  const router = useRouter();
  const [newest, ...earlier] = props.checks;
  const [editing, setEditing] = useState(props.server.state !== 'passed');
  const deleteButton = props.mayWrite && (
    <DeleteServer server={props.server} usedBy={props.usedBy} actions={props.remove} />
  );

  if (editing && props.mayWrite) {
    return (
      <div className="thin-scroll min-h-0 flex-1 overflow-auto phone:overflow-visible">
        <ConnectServer
          server={props.server}
          handshake={newest ?? null}
          save={props.save}
          onPassed={() => {
            setEditing(false);
            router.refresh();
          }}
          acts={
            <>
              {props.server.state === 'passed' && (
                <Button kind="ghost" onClick={() => setEditing(false)}>
                  Close
                </Button>
              )}
              {deleteButton}
            </>
          }
          below={
            <div className="mt-[22px] border-t border-line pt-3.5">
              <h3 className="mb-1 text-sm font-med text-ink-2">Earlier checks</h3>
              <EarlierChecks checks={earlier} />
            </div>
          }
        />
      </div>
    );
  }

  return (
    <>
      <ServerSummary
        server={props.server}
        usedBy={props.usedBy}
        mayTest={props.mayTest}
        onEdit={props.mayWrite ? () => setEditing(true) : null}
        onTested={(result) => {
          if (result && !result.ok) setEditing(true);
          router.refresh();
        }}
        deleteButton={deleteButton}
      />
      {newest?.ok && <PassedStrip handshake={newest} />}
      <Tabs.Root defaultValue="tools" className="flex min-h-0 flex-1 flex-col">
        <Tabs.List className="flex flex-none gap-4 border-b border-line px-5 phone:px-4" aria-label="About this server">
          <Tabs.Trigger value="tools" className={tab}>
            Tools <span className="ml-0.5 text-xs font-reg text-ink-3">{props.tools.length}</span>
          </Tabs.Trigger>
          <Tabs.Trigger value="checks" className={tab}>
            Checks <span className="ml-0.5 text-xs font-reg text-ink-3">{props.checks.length}</span>
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="tools" className="flex min-h-0 flex-1 flex-col data-[state=inactive]:hidden" tabIndex={-1}>
          {props.tools.length === 0 ? (
            <Empty title="No tools">The server answered, but it lists no tools. Check again when it has some.</Empty>
          ) : (
            <ServerTools tools={props.tools} mayWrite={props.mayWrite} setPolicies={props.setPolicies} />
          )}
        </Tabs.Content>
        <Tabs.Content value="checks" className="thin-scroll overflow-auto px-5 py-3 phone:px-4">
          <EarlierChecks checks={props.checks} />
        </Tabs.Content>
      </Tabs.Root>
    </>
  );
}
