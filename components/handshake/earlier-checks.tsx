import { stepWords } from '#src/components/handshake/step-words.ts';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import { type Handshake, handshakeStepNames } from '#src/lib/mcp/handshake.ts';
import { counted, durationWords } from '#src/lib/time-words.ts';

/** What earlier handshakes found, newest first. */
export function EarlierChecks({ checks }: { checks: Handshake[] }) {
  if (checks.length === 0) return <p className="text-sm text-ink-3">No check was made yet.</p>;
  return (
    <ul>
      {checks.map((check) => (
        <li
          key={check.at}
          className="grid grid-cols-[22px_150px_minmax(0,1fr)_auto] items-center gap-3 leading-7 phone:grid-cols-[22px_1fr_auto] phone:gap-y-0"
        >
          <span className="ml-[5px] phone:col-start-1 phone:row-start-1">
            <Glyph kind={check.ok ? 'ok' : 'failed'} />
          </span>
          <span className="text-ink-2 phone:col-start-2 phone:row-start-1">
            <LocalTime at={check.at} as="moment" />
          </span>
          <span className="truncate phone:col-span-2 phone:col-start-2 phone:row-start-2">{checkWords(check)}</span>
          <span className="text-right font-mono text-sm text-ink-3 phone:col-start-3 phone:row-start-1">
            {durationWords(check.ms)}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function checkWords(check: Handshake): string {
  if (check.ok)
    return `Passed ${handshakeStepNames.length} of ${handshakeStepNames.length}, ${counted(check.tools, 'tool')}`;
  const failed = check.steps.find((step) => step.state === 'failed');
  if (!failed) return 'Did not finish';
  return `Stopped at ${stepWords[failed.name].title.toLowerCase()}: ${failed.error?.message ?? 'no reason given'}`;
}
