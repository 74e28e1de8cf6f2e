import { ScoreRing } from '#src/components/servers/readiness-pane.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import type { Handshake } from '#src/lib/mcp/handshake.ts';
import type { ServerReadiness } from '#src/lib/mcp/readiness/judge-server.ts';
import { counted } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** The score of the whole server, and what of its list could not be taken. */
export function ServerScore({ judged, checked }: { judged: ServerReadiness | null; checked: Handshake | null }) {
  const unmatched = checked?.unmatchedFilter ?? [];
  const refused = checked?.refusedTools ?? [];
  return (
    <div className="grid gap-1 border-b border-line px-5 py-2 text-sm text-ink-2 phone:px-4">
      {judged && (
        <p className="flex items-baseline gap-2">
          <ScoreRing score={judged.score} /> <span>{judged.messages.map(visibleText).join(' ')}</span>
        </p>
      )}
      {unmatched.length > 0 && (
        <p className="flex items-baseline gap-2 text-write">
          <Glyph kind="waiting" /> Its filter names what it does not have: {visibleText(unmatched.join(', '))}.
        </p>
      )}
      {refused.length > 0 && (
        <p className="flex items-baseline gap-2 text-fail">
          <Glyph kind="failed" /> {counted(refused.length, 'tool')} left out, too large or too deep:{' '}
          {visibleText(refused.slice(0, 5).join(', '))}.
        </p>
      )}
    </div>
  );
}
