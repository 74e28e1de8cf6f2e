import Link from 'next/link';
import { Glyph, type GlyphKind } from '#src/components/ui/glyph.tsx';
import type { McpServer } from '#src/lib/mcp/mcp-server.ts';
import { visibleText } from '#src/lib/visible-text.ts';

export function serverGlyph(server: Pick<McpServer, 'state'>): GlyphKind {
  return server.state === 'passed' ? 'ok' : server.state === 'failed' ? 'failed' : 'off';
}

/** From one server to the next, with how each stands. */
export function ServerPicks({ servers, current }: { servers: McpServer[]; current: string | null }) {
  return (
    <nav
      aria-label="Servers"
      className="no-scrollbar ml-1 flex min-w-0 items-center gap-0.5 overflow-x-auto phone:order-9 phone:ml-0 phone:w-full"
    >
      {servers.map((server) => (
        <Link
          key={server.id}
          href={`/servers/${server.id}`}
          aria-current={server.id === current ? 'page' : undefined}
          className="flex items-center gap-1.5 rounded-2 px-2.5 py-[5px] font-med whitespace-nowrap text-ink-2 no-underline -outline-offset-2 hover:bg-hover aria-[current=page]:bg-hover aria-[current=page]:text-ink phone:min-h-10"
        >
          <Glyph kind={serverGlyph(server)} />
          {visibleText(server.name)}
        </Link>
      ))}
    </nav>
  );
}
