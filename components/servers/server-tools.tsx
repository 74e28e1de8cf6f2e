'use client';
import { useOptimistic, useRef, useTransition } from 'react';
import { DriftNotice } from '#src/components/servers/drift-notice.tsx';
import { ServerScore } from '#src/components/servers/server-score.tsx';
import { ToolDetail } from '#src/components/servers/tool-detail.tsx';
import { ToolTable } from '#src/components/servers/tool-table.tsx';
import type { ChosenTool } from '#src/components/servers/use-chosen-tool.ts';
import { useToolFilter } from '#src/components/servers/use-tool-filter.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Input } from '#src/components/ui/field.tsx';
import { Note } from '#src/components/ui/note.tsx';
import { toast } from '#src/components/ui/toast-store.ts';
import { phoneQuery, useMedia } from '#src/components/ui/use-media.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import type { Handshake } from '#src/lib/mcp/handshake.ts';
import type { ListedTool } from '#src/lib/mcp/listed-tool.ts';
import type { ServerReadiness } from '#src/lib/mcp/readiness/judge-server.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { counted } from '#src/lib/time-words.ts';

/** From here on a filter helps. */
const manyTools = 12;
/** A tool with the arguments that a call gave it. */
export type TryAgain = { tool: string; arguments: Record<string, unknown> };
type Change = { tool: string; policy: ToolPolicy };

/** The tools tab of a server: the table, and the chosen tool beside it. */
export function ServerTools(props: {
  serverId: string;
  tools: ListedTool[];
  chosen: ChosenTool;
  /** A tool that is to be tried again as in a call. */
  again: TryAgain | null;
  /** The score of the server as a whole. */
  judged: ServerReadiness | null;
  readLong: () => Promise<ActionResult<Record<string, string>>>;
  /** The newest handshake: what of the configuration it could not follow. */
  checked: Handshake | null;
  budgetMs: number;
  /** What any tool of the server may take, ms. */
  serverMostMs: number | null;
  mayWrite: boolean;
  mayTry: boolean;
  setPolicies: (changes: Change[]) => Promise<ActionResult>;
  approve: (tool: string, hash: string) => Promise<ActionResult>;
  onExchange: (exchange: Exchange) => void;
  onTried: () => void;
  onLink: (uri: string) => void;
}) {
  const { chosen } = props;
  const [, startSaving] = useTransition();
  const pane = useRef<HTMLElement>(null);
  const detailPane = useRef<HTMLElement>(null);
  const phone = useMedia(phoneQuery);
  const [tools, showChanges] = useOptimistic(props.tools, (now, changes: Change[]) =>
    now.map((tool) => {
      const change = changes.find((one) => one.tool === tool.definition.name);
      return change ? { ...tool, policy: change.policy } : tool;
    }),
  );
  const set = (changes: Change[]) =>
    startSaving(async () => {
      showChanges(changes);
      const saved = await props.setPolicies(changes);
      if (!saved.ok) toast(`Not saved. ${saved.problem.message}`);
    });
  const filter = useToolFilter(tools, props.readLong);
  const changed = tools.flatMap((one) =>
    one.pending && one.policy.allowed ? [{ tool: one, pending: one.pending }] : [],
  );
  const off = tools.filter((tool) => !tool.policy.allowed);
  const tool = tools.find((one) => one.definition.name === chosen.name);
  const detail = tool && (
    <ToolDetail
      key={tool.definition.name}
      serverId={props.serverId}
      tool={tool}
      known={chosen.tool}
      problem={chosen.problem}
      firstArgs={props.again?.tool === tool.definition.name ? props.again.arguments : undefined}
      mayTry={props.mayTry}
      serverMostMs={props.serverMostMs}
      onExchange={props.onExchange}
      onTried={() => {
        props.onTried();
        chosen.lookAgain();
      }}
      onLink={props.onLink}
      mayWrite={props.mayWrite}
      onPolicy={(policy) => set([{ tool: tool.definition.name, policy }])}
    />
  );
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_372px] narrow:grid-cols-[minmax(0,1fr)_300px] phone:block">
      <section ref={pane} aria-label="Tools" className="thin-scroll min-w-0 overflow-auto phone:overflow-visible">
        {off.length === tools.length && tools.length > 0 && (
          <Note tone="accent" className="mx-5 my-3 phone:mx-4">
            <b className="font-med">No tool is allowed yet.</b>{' '}
            <span className="text-ink-2">
              A new tool is off, counts as a write, and asks the caller first. Say of each what it does, then allow it.
            </span>
            {props.mayWrite && (
              <div className="mt-2">
                <Button
                  size="sm"
                  kind="primary"
                  onClick={() =>
                    set(off.map((one) => ({ tool: one.definition.name, policy: { ...one.policy, allowed: true } })))
                  }
                >
                  Allow all {counted(off.length, 'tool')}
                </Button>
              </div>
            )}
          </Note>
        )}
        <ServerScore judged={props.judged} checked={props.checked} />
        {changed.map(({ tool: one, pending }) => (
          <DriftNotice
            key={one.definition.name}
            tool={one}
            pending={pending}
            mayWrite={props.mayWrite}
            onApprove={async () => {
              const approved = await props.approve(one.definition.name, pending.hash);
              if (approved.ok) toast(`The change of ${one.definition.name} is approved.`);
              else toast(`Not approved. ${approved.problem.message}`);
              if (chosen.name === one.definition.name) chosen.lookAgain();
            }}
            onKeepOff={() => set([{ tool: one.definition.name, policy: { ...one.policy, allowed: false } }])}
          />
        ))}
        {tools.length > manyTools && (
          <div className="border-b border-line px-5 py-2 phone:px-4">
            <Input
              aria-label="Filter tools"
              placeholder={`Filter ${tools.length.toLocaleString('en')} tools`}
              value={filter.text}
              onFocus={filter.prepare}
              onChange={(event) => filter.setText(event.target.value)}
              className="max-w-80"
            />
          </div>
        )}
        <ToolTable
          tools={filter.shown}
          pane={pane}
          phone={phone}
          budgetMs={props.budgetMs}
          chosen={phone ? null : chosen.name}
          onChoose={(name) => {
            chosen.choose(name);
            // On a phone the chosen tool stands below the list, high enough to come to the top before all of it is there.
            if (phone) requestAnimationFrame(() => detailPane.current?.scrollIntoView({ block: 'start' }));
          }}
          mayWrite={props.mayWrite}
          onPolicy={(name, policy) => set([{ tool: name, policy }])}
        />
      </section>
      <aside
        ref={detailPane}
        aria-label="The chosen tool"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
        tabIndex={0}
        className="thin-scroll min-w-0 overflow-auto border-l border-line -outline-offset-2 phone:min-h-dvh phone:overflow-visible phone:border-t phone:border-l-0"
      >
        {detail}
      </aside>
    </div>
  );
}
