'use client';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { Section } from '#src/components/assistants/section.tsx';
import { serverGlyph } from '#src/components/servers/server-picks.tsx';
import { confirmationWords } from '#src/components/servers/server-tool.ts';
import { Button } from '#src/components/ui/button.tsx';
import { EffectChip } from '#src/components/ui/chip.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { Note } from '#src/components/ui/note.tsx';
import { Switch } from '#src/components/ui/switch.tsx';
import type { AssistantConfig } from '#src/lib/assistants/assistant-config.ts';
import type { ListedTool } from '#src/lib/mcp/listed-tool.ts';
import type { McpServer, ServerOffers } from '#src/lib/mcp/mcp-server.ts';
import { visibleText } from '#src/lib/visible-text.ts';

export type ServerWithTools = McpServer & { tools: ListedTool[]; offers: ServerOffers };

/** The tools of all servers: what is on here, and allowed there, can be called. */
export function ToolsSection(props: {
  config: AssistantConfig;
  servers: ServerWithTools[];
  readOnly: boolean;
  setTools: (switches: { serverId: string; tool: string; on: boolean }[]) => void;
  onAddServer: () => void;
}) {
  const { config, servers } = props;
  const isOn = (serverId: string, tool: string) =>
    config.tools.some((entry) => entry.serverId === serverId && entry.tools.includes(tool));
  const any = config.tools.some((entry) => entry.tools.length > 0);
  const reads = servers.flatMap((server) =>
    server.tools
      .filter((tool) => tool.policy.allowed && tool.policy.effect === 'read')
      .map((tool) => ({ serverId: server.id, tool: tool.definition.name, on: true })),
  );
  const addButton = !props.readOnly && (
    <Button size="sm" onClick={props.onAddServer}>
      <Plus size={14} aria-hidden="true" /> Add MCP server
    </Button>
  );
  return (
    <Section id="tools" title="Tools" hint={`${config.name} can only call what is on here.`}>
      {servers.length === 0 && (
        <Note tone="accent">
          <b className="font-med">No server is connected.</b>{' '}
          <span className="text-ink-2">
            {config.name} can talk, but cannot look anything up. Connect one by its name, address and key.
          </span>
          <div className="mt-2">{addButton}</div>
        </Note>
      )}
      {servers.length > 0 && !any && !props.readOnly && (
        <Note tone="accent" className="mb-2">
          <b className="font-med">No tool is on yet.</b>{' '}
          <span className="text-ink-2">
            {config.name} can talk, but cannot look anything up. Start with the read tools, they change nothing.
          </span>
          {reads.length > 0 && (
            <div className="mt-2">
              <Button size="sm" kind="primary" onClick={() => props.setTools(reads)}>
                Switch on the {reads.length} read tools
              </Button>
            </div>
          )}
        </Note>
      )}
      <div className="grid gap-2">
        {servers.map((server) => (
          <div key={server.id} className="overflow-hidden rounded-2 border border-line">
            <div className="flex items-center gap-2 bg-sunken px-3 py-1.5 font-med">
              <Glyph kind={serverGlyph(server)} />
              <span className="min-w-0 truncate">{visibleText(server.name)}</span>
              <span className="flex-1 text-sm font-reg whitespace-nowrap text-ink-3">
                {server.tools.filter((tool) => isOn(server.id, tool.definition.name)).length} of {server.tools.length}{' '}
                on
                {server.phase === 'after-call' && ', after the call'}
              </span>
              <Link href={`/servers/${server.id}`} className="link text-sm font-reg">
                {server.state === 'failed' ? 'See what failed' : 'Open'}
              </Link>
            </div>
            {server.tools.length === 0 ? (
              <p className="border-t border-line px-3 py-2 text-sm text-ink-3">
                {server.state === 'passed'
                  ? 'The server lists no tools.'
                  : 'Its tools are known once a check has passed.'}
              </p>
            ) : (
              <ul>
                {server.tools.map((tool) => (
                  <ToolSwitch
                    key={tool.definition.name}
                    tool={tool}
                    on={isOn(server.id, tool.definition.name)}
                    readOnly={props.readOnly}
                    onChange={(on) => props.setTools([{ serverId: server.id, tool: tool.definition.name, on }])}
                  />
                ))}
              </ul>
            )}
          </div>
        ))}
      </div>
      {servers.length > 0 && <div className="mt-2.5">{addButton}</div>}
    </Section>
  );
}

function ToolSwitch(props: { tool: ListedTool; on: boolean; readOnly: boolean; onChange: (on: boolean) => void }) {
  const { definition, policy } = props.tool;
  const works = props.on && policy.allowed;
  return (
    <li className="grid min-h-[34px] grid-cols-[28px_minmax(120px,180px)_74px_minmax(0,1fr)] items-center gap-3 border-t border-line px-3 phone:grid-cols-[44px_minmax(0,1fr)_auto] phone:gap-x-3 phone:gap-y-0.5 phone:py-2">
      <Switch checked={works} disabled={props.readOnly} label={definition.name} onChange={props.onChange} />
      <span className={`truncate font-mono text-[12.5px] font-med ${works ? '' : 'text-ink-3'}`}>
        {visibleText(definition.name)}
      </span>
      <span>
        <EffectChip effect={policy.effect} />
      </span>
      <span
        className="truncate text-ink-2 phone:col-span-2 phone:col-start-2 phone:text-sm phone:text-ink-3"
        title={definition.description}
      >
        {!policy.allowed
          ? 'Off for every assistant. Switching it on allows it on the server too.'
          : policy.confirmation === 'never'
            ? 'Never asks'
            : confirmationWords[policy.confirmation]}
      </span>
    </li>
  );
}
