'use client';
import { RotateCw } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useHandshake } from '#src/components/handshake/use-handshake.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import type { Handshake } from '#src/lib/mcp/handshake.ts';
import type { McpServer } from '#src/lib/mcp/mcp-server.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** Name, state, address and key of a server on one line, with Check again and Edit. */
export function ServerSummary(props: {
  server: McpServer;
  usedBy: { id: string; name: string }[];
  mayTest: boolean;
  onEdit: (() => void) | null;
  onTested: (result: Handshake | null) => void;
  deleteButton: ReactNode;
}) {
  const { server } = props;
  const { run, start } = useHandshake(null);
  return (
    <div className="flex min-w-0 flex-none flex-wrap items-center gap-x-3.5 gap-y-2 px-5 py-[11px] phone:px-4">
      <h2 className="text-lg font-bold">{visibleText(server.name)}</h2>
      {server.state === 'passed' ? (
        <Chip tone="read" glyph="ok">
          Connected
        </Chip>
      ) : server.state === 'failed' ? (
        <Chip tone="failed" glyph="failed">
          Failing
        </Chip>
      ) : (
        <Chip glyph="off">Not tested</Chip>
      )}
      <span className="min-w-0 truncate font-mono text-[12px] text-ink-2 phone:order-3 phone:w-full">
        {visibleText(server.url)}
      </span>
      <Chip>{authWords(server)}</Chip>
      {server.phase === 'after-call' && <Chip>runs after the call</Chip>}
      <span className="text-sm text-ink-3">
        {server.checkedAt && (
          <>
            Checked <LocalTime at={server.checkedAt} />.{' '}
          </>
        )}
        {props.usedBy.length > 0 && (
          <>
            Used by{' '}
            {props.usedBy.map((assistant, index) => (
              <span key={assistant.id}>
                {index > 0 && ', '}
                <Link href={`/assistants/${assistant.id}`} className="link">
                  {assistant.name}
                </Link>
              </span>
            ))}
            .
          </>
        )}
      </span>
      <span className="flex-1" />
      {run.problem && <span className="text-sm text-fail">{run.problem.message}</span>}
      {props.mayTest && (
        <Button size="sm" disabled={run.running} onClick={async () => props.onTested(await start(server.id))}>
          <RotateCw size={13} aria-hidden="true" className={run.running ? 'motion-safe:animate-spin' : ''} />
          {run.running ? 'Checking…' : 'Check again'}
        </Button>
      )}
      {props.onEdit && (
        <Button size="sm" kind="ghost" onClick={props.onEdit}>
          Edit connection
        </Button>
      )}
      {props.deleteButton}
    </div>
  );
}

function authWords(server: McpServer): string {
  if (server.auth.type === 'none') return 'No check';
  if (server.auth.type === 'oauth') return 'OAuth';
  return server.auth.type === 'bearer' ? 'Bearer token' : `API key in ${server.auth.name}`;
}
