'use client';
import { ResultContent } from '#src/components/tools/result-content.tsx';
import type { InspectRun, Progress } from '#src/components/tools/use-inspect.ts';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { isRecord } from '#src/lib/json-schema/is-record.ts';
import type { Inspected } from '#src/lib/mcp/inspect.ts';
import { durationWords } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** How a request by hand goes, and what came back. */
export function ResultPane({ run, onLink }: { run: InspectRun; onLink?: ((uri: string) => void) | undefined }) {
  const newest = run.progress.at(-1);
  if (!run.running && !run.done) return null;
  return (
    <div className="mt-3.5 border-t border-line pt-3" aria-live="polite">
      {run.running ? (
        <p className="flex items-center gap-2 text-ink-2">
          <Glyph kind="running" /> {newest ? progressWords(newest) : 'Waiting for the server…'}
        </p>
      ) : (
        run.done && <Answer done={run.done} onLink={onLink} />
      )}
      {run.running && newest?.total !== undefined && newest.progress !== undefined && (
        <progress className="mt-2 h-1.5 w-full accent-accent" max={newest.total} value={newest.progress} />
      )}
    </div>
  );
}

function Answer({ done, onLink }: { done: Inspected; onLink: ((uri: string) => void) | undefined }) {
  const result = isRecord(done.result) ? done.result : {};
  const content = Array.isArray(result.content) ? result.content : [];
  const size = JSON.stringify(done.result ?? null).length;
  return (
    <>
      <div className="mb-2.5 flex items-center gap-2">
        <Glyph kind={done.ok ? 'ok' : 'failed'} />
        <b className="flex-1 font-med">
          {done.ok ? 'Answered in' : 'Failed after'} <span className="mono">{durationWords(done.ms)}</span>
        </b>
        <span className="text-sm text-ink-3">{size.toLocaleString('en')} characters</span>
      </div>
      {done.error && (
        <p className="mb-2.5">
          <span className="text-fail">{visibleText(done.error.message)}</span>{' '}
          {done.error.hint && <span className="text-ink-2">{visibleText(done.error.hint)}</span>}{' '}
          <span className="mono text-sm text-ink-3">{done.error.code}</span>
        </p>
      )}
      {(done.ok || content.length > 0 || result.structuredContent !== undefined) && (
        <ResultContent
          content={content}
          {...('structuredContent' in result ? { structuredContent: result.structuredContent } : {})}
          {...(onLink ? { onLink } : {})}
        />
      )}
    </>
  );
}

function progressWords({ message, progress, total }: Progress): string {
  const share = progress === undefined ? '' : total === undefined ? `${progress}` : `${progress} of ${total}`;
  return [message && visibleText(message), share].filter(Boolean).join(', ') || 'Working…';
}
