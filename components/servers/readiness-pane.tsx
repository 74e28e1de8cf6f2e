'use client';
import { useState } from 'react';
import { DiffLines } from '#src/components/servers/drift-notice.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { CopyButton } from '#src/components/ui/copy-button.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { diffDefinitions } from '#src/lib/mcp/definition-diff.ts';
import type { Readiness } from '#src/lib/mcp/readiness.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** How fit a tool is for a phone line: the score, each reason with its points, and a better definition to compare and copy. */
export function ReadinessPane({ definition, readiness }: { definition: ToolDefinition; readiness: Readiness }) {
  const [comparing, setComparing] = useState(false);
  return (
    <section aria-label="Voice score" className="border-b border-line px-4 py-3.5">
      <div className="mb-1.5 flex items-baseline gap-2">
        <h3 className="flex-1 font-bold">Voice score {readiness.score}</h3>
        <span className="text-sm text-ink-3">can it be used while someone waits?</span>
      </div>
      <ul>
        {readiness.reasons.map((reason) => (
          <li key={reason.rule} className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-baseline gap-2 py-[3px]">
            <Glyph kind={reason.of === 0 ? 'off' : reason.ok ? 'ok' : 'failed'} />
            <span className={reason.of === 0 ? 'text-ink-3' : ''}>{visibleText(reason.message)}</span>
            <span className="font-mono text-[12px] text-ink-2">
              {reason.of === 0 ? 'not yet' : `${reason.points}/${reason.of}`}
            </span>
          </li>
        ))}
      </ul>
      {readiness.rewrite && (
        <div className="mt-2.5">
          <div className="flex flex-wrap items-center gap-2">
            <Button size="sm" aria-expanded={comparing} onClick={() => setComparing(!comparing)}>
              {comparing ? 'Hide the rewrite' : 'Compare with a rewrite'}
            </Button>
            <CopyButton text={JSON.stringify(readiness.rewrite, null, 2)} label="Copy the rewrite" />
          </div>
          <p className="mt-1 text-sm text-ink-3">
            Made by rule, for whoever writes the server. Patchbay changes nothing there.
          </p>
          {comparing && (
            <div className="mt-2 overflow-hidden rounded-2 border border-line">
              <DiffLines lines={diffDefinitions(definition, readiness.rewrite)} />
            </div>
          )}
        </div>
      )}
    </section>
  );
}

/** A score as a ring; low ones are loud. */
export function ScoreRing({ score }: { score: number }) {
  const around = 2 * Math.PI * 6;
  return (
    <span className="inline-flex items-center gap-1.5" title={`Voice score ${score} of 100`}>
      <svg viewBox="0 0 16 16" aria-hidden="true" className="size-[17px] -rotate-90 fill-none stroke-[2.4]">
        <circle cx="8" cy="8" r="6" className="stroke-line-strong" />
        <circle
          cx="8"
          cy="8"
          r="6"
          className={score < 50 ? 'stroke-fail-fill' : 'stroke-ink-2'}
          strokeDasharray={`${(score / 100) * around} ${around}`}
        />
      </svg>
      <span className="font-mono">{score}</span>
    </span>
  );
}
