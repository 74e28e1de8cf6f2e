'use client';
import { useRouter } from 'next/navigation';
import { Tabs } from 'radix-ui';
import { type ReactNode, useMemo, useState } from 'react';
import { EarlierChecks } from '#src/components/handshake/earlier-checks.tsx';
import { PassedStrip } from '#src/components/handshake/passed-strip.tsx';
import { AfterCallForm } from '#src/components/servers/after-call-form.tsx';
import { type ChecksProps, ChecksTab } from '#src/components/servers/checks-tab.tsx';
import { type ConnectActions, ConnectServer } from '#src/components/servers/connect-server.tsx';
import { DeleteServer, type DeleteServerActions } from '#src/components/servers/delete-server.tsx';
import { PromptsTab } from '#src/components/servers/prompts-tab.tsx';
import { RawRequests } from '#src/components/servers/raw-requests.tsx';
import { ResourcesTab } from '#src/components/servers/resources-tab.tsx';
import { ServerSummary } from '#src/components/servers/server-summary.tsx';
import { ServerTools, type TryAgain } from '#src/components/servers/server-tools.tsx';
import { TrafficTab } from '#src/components/servers/traffic-tab.tsx';
import { useChosenTool } from '#src/components/servers/use-chosen-tool.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { AfterCallPlan } from '#src/lib/mcp/after-call-plan.ts';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import type { Handshake } from '#src/lib/mcp/handshake.ts';
import type { KnownTool } from '#src/lib/mcp/listed-tool.ts';
import type { McpServer, ServerOffers } from '#src/lib/mcp/mcp-server.ts';
import { unpackTools } from '#src/lib/mcp/packed-tools.ts';
import type { ServerReadiness } from '#src/lib/mcp/readiness/judge-server.ts';
import { trafficLines } from '#src/lib/mcp/rpc-messages.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';

const tab =
  '-mb-px border-b-2 border-transparent pt-[9px] pb-2 font-med whitespace-nowrap text-ink-3 data-[state=active]:border-accent data-[state=active]:text-ink';
const pane = 'flex min-h-0 flex-1 flex-col data-[state=inactive]:hidden';
/** What was tried on this page is kept up to here. */
const mostKept = 500;

/** One server: a strip and its tools when all is well, the form and the ladder when it is not or is being edited. */
export function ServerPage(props: {
  server: McpServer;
  checks: Handshake[];
  health: Omit<ChecksProps, 'checks'>;
  tools: {
    /** Of `packTools`. */
    packed: string;
    /** The one that is chosen at first. */
    first: KnownTool | null;
    /** The one that runs after a call. */
    planned: ToolDefinition | null;
    /** The score of all of them. */
    judged: ServerReadiness | null;
    read: (tool: string) => Promise<ActionResult<KnownTool>>;
    readLong: () => Promise<ActionResult<Record<string, string>>>;
  };
  again: TryAgain | null;
  offers: ServerOffers;
  usedBy: { id: string; name: string }[];
  mayWrite: boolean;
  mayTest: boolean;
  mayTry: boolean;
  /** The person comes back from signing in elsewhere: `done`, or the code of what failed. */
  oauth: string | null;
  connect: ConnectActions;
  setPolicies: (changes: { tool: string; policy: ToolPolicy }[]) => Promise<ActionResult>;
  approve: (tool: string, hash: string) => Promise<ActionResult>;
  setAfterCall: (plan: AfterCallPlan | null) => Promise<ActionResult>;
  remove: DeleteServerActions;
}) {
  const router = useRouter();
  const [newest, ...earlier] = props.checks;
  const [editing, setEditing] = useState(props.server.state !== 'passed' || props.oauth !== null);
  const [shown, setShown] = useState('tools');
  const [asked, setAsked] = useState<string | null>(null);
  const [tried, setTried] = useState<Exchange[]>([]);
  const tools = useMemo(() => unpackTools(props.tools.packed), [props.tools.packed]);
  const chosen = useChosenTool(props.tools.first, props.tools.read);
  const onExchange = (exchange: Exchange) => setTried((now) => [...now, exchange].slice(-mostKept));
  // A check of the watch that passed keeps no traffic: the newest one that has some is shown.
  const exchanges = [...props.checks.flatMap((check) => check.steps.flatMap((step) => step.exchanges ?? [])), ...tried];
  const deleteButton = props.mayWrite && (
    <DeleteServer server={props.server} usedBy={props.usedBy} actions={props.remove} large={editing} />
  );

  if (editing && props.mayWrite) {
    return (
      <div className="thin-scroll min-h-0 flex-1 overflow-auto phone:overflow-visible">
        <ConnectServer
          server={props.server}
          handshake={newest ?? null}
          actions={props.connect}
          oauth={props.oauth}
          onPassed={() => {
            setEditing(false);
            router.replace(`/servers/${props.server.id}`);
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

  const { resources, resourceTemplates, prompts } = props.offers;
  const raw = props.server.transport === 'rest' && props.mayTry;
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
          chosen.lookAgain();
        }}
        deleteButton={deleteButton}
      />
      {newest?.ok && <PassedStrip handshake={newest} />}
      <Tabs.Root value={shown} onValueChange={setShown} className="flex min-h-0 flex-1 flex-col">
        <Tabs.List
          className="no-scrollbar flex flex-none gap-4 overflow-x-auto border-b border-line px-5 phone:px-4"
          aria-label="About this server"
        >
          <Trigger value="tools" count={tools.length}>
            Tools
          </Trigger>
          <Trigger value="resources" count={resources.length + resourceTemplates.length}>
            Resources
          </Trigger>
          <Trigger value="prompts" count={prompts.length}>
            Prompts
          </Trigger>
          {props.server.phase === 'after-call' && <Trigger value="after-call">After the call</Trigger>}
          {raw && <Trigger value="raw">Raw requests</Trigger>}
          <Trigger value="traffic" count={exchanges.reduce((sum, one) => sum + trafficLines(one).length, 0)}>
            Raw traffic
          </Trigger>
          <Trigger value="checks" count={props.checks.length}>
            Checks
          </Trigger>
        </Tabs.List>
        <Tabs.Content value="tools" className={pane} tabIndex={-1}>
          {tools.length === 0 ? (
            <Empty title="No tools">The server answered, but it lists no tools. Check again when it has some.</Empty>
          ) : (
            <ServerTools
              serverId={props.server.id}
              tools={tools}
              chosen={chosen}
              again={props.again}
              checked={newest ?? null}
              judged={props.tools.judged}
              readLong={props.tools.readLong}
              budgetMs={props.server.limits.latencyBudgetMs}
              serverMostMs={props.server.limits.toolTimeoutMs ?? null}
              mayWrite={props.mayWrite}
              mayTry={props.mayTry}
              setPolicies={props.setPolicies}
              approve={props.approve}
              onExchange={onExchange}
              onTried={() => router.refresh()}
              onLink={(uri) => {
                setAsked(uri);
                setShown('resources');
              }}
            />
          )}
        </Tabs.Content>
        {props.server.phase === 'after-call' && (
          <Tabs.Content value="after-call" className={`thin-scroll overflow-auto ${pane}`} tabIndex={-1}>
            <AfterCallForm
              plan={props.server.afterCall ?? null}
              tools={tools}
              planned={props.tools.planned}
              readTool={props.tools.read}
              mayWrite={props.mayWrite}
              save={props.setAfterCall}
            />
          </Tabs.Content>
        )}
        <Tabs.Content value="resources" className={pane} tabIndex={-1}>
          <ResourcesTab
            key={asked}
            serverId={props.server.id}
            offers={props.offers}
            mayTry={props.mayTry}
            asked={asked}
            onExchange={onExchange}
          />
        </Tabs.Content>
        <Tabs.Content value="prompts" className={pane} tabIndex={-1}>
          <PromptsTab serverId={props.server.id} prompts={prompts} mayTry={props.mayTry} onExchange={onExchange} />
        </Tabs.Content>
        {raw && (
          <Tabs.Content value="raw" className={pane} tabIndex={-1}>
            <RawRequests serverId={props.server.id} onExchange={onExchange} onTried={() => router.refresh()} />
          </Tabs.Content>
        )}
        <Tabs.Content value="traffic" className={pane} tabIndex={-1}>
          <TrafficTab exchanges={exchanges} />
        </Tabs.Content>
        <Tabs.Content value="checks" className={`thin-scroll overflow-auto ${pane}`} tabIndex={-1}>
          <ChecksTab checks={props.checks} {...props.health} />
        </Tabs.Content>
      </Tabs.Root>
    </>
  );
}

function Trigger({ value, count, children }: { value: string; count?: number; children: ReactNode }) {
  return (
    <Tabs.Trigger value={value} className={tab}>
      {children} {count !== undefined && <span className="ml-0.5 text-xs font-reg text-ink-3">{count}</span>}
    </Tabs.Trigger>
  );
}
