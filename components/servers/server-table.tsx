import Link from 'next/link';
import { serverGlyph } from '#src/components/servers/server-picks.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import type { McpServer } from '#src/lib/mcp/mcp-server.ts';
import { visibleText } from '#src/lib/visible-text.ts';

export type ServerRow = { server: McpServer; tools: number; allowed: number; usedBy: string[] };

const stateWords = { passed: 'Connected', failed: 'Failing' };

/** All servers of the team and how each stands. */
export function ServerTable({ rows }: { rows: ServerRow[] }) {
  return (
    <ul>
      {rows.map(({ server, tools, allowed, usedBy }) => (
        <li
          key={server.id}
          className="relative grid grid-cols-[minmax(0,1fr)_120px_170px_150px] items-center gap-4 border-b border-line px-5 py-2.5 hover:bg-hover narrow:grid-cols-[minmax(0,1fr)_110px_110px] phone:grid-cols-[minmax(0,1fr)_auto] phone:gap-y-0.5 phone:px-4"
        >
          <div className="min-w-0 phone:col-start-1 phone:row-start-1">
            <div className="flex items-center gap-2">
              <Glyph kind={serverGlyph(server)} label={false} />
              <Link
                href={`/servers/${server.id}`}
                className="truncate font-bold text-ink no-underline after:absolute after:inset-0"
              >
                {visibleText(server.name)}
              </Link>
              {server.phase === 'after-call' && <Chip>after the call</Chip>}
            </div>
            <p className="truncate pl-5 font-mono text-[12px] text-ink-3">{visibleText(server.url)}</p>
          </div>
          <span className="phone:col-start-2 phone:row-start-1 phone:justify-self-end">
            <Chip tone={server.state === 'failed' ? 'failed' : server.state === 'passed' ? 'read' : 'neutral'}>
              {server.state ? stateWords[server.state] : 'Not tested'}
            </Chip>
          </span>
          <span className="text-sm text-ink-2 phone:pl-5">
            {allowed} of {tools} tools allowed
          </span>
          <span className="truncate text-right text-sm text-ink-3 narrow:hidden">
            {usedBy.length > 0 ? (
              `used by ${usedBy.join(', ')}`
            ) : server.checkedAt ? (
              <LocalTime at={server.checkedAt} />
            ) : (
              ''
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
