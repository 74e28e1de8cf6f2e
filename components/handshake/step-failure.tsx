import type { ReactNode } from 'react';
import { CopyButton } from '#src/components/ui/copy-button.tsx';
import type { HandshakeStep } from '#src/lib/mcp/handshake.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** Why a step failed, what to do about it, and what the server really said. */
export function StepFailure({ error, act }: { error: NonNullable<HandshakeStep['error']>; act?: ReactNode }) {
  return (
    <div className="relative mt-1.5 mb-3.5 overflow-hidden rounded-2 border border-fail-fill bg-surface">
      <div role="alert" className="bg-fail-soft px-3.5 py-2.5">
        <b className="font-med">{visibleText(error.message)}</b>{' '}
        <span className="mono text-sm text-ink-2">{error.code}</span>
      </div>
      <div className={error.raw ? 'grid min-[900px]:grid-cols-2' : 'grid'}>
        <div className="px-3.5 py-3">
          <h3 className="text-sm font-med text-ink-2">What to do</h3>
          <p className="mt-1">{visibleText(error.hint)}</p>
          {act && <div className="mt-2 flex flex-wrap gap-2">{act}</div>}
        </div>
        {error.raw && (
          <div className="min-w-0 border-line px-3.5 py-3 max-[900px]:border-t min-[900px]:border-l">
            <div className="mb-1 flex items-center">
              <h3 className="flex-1 text-sm font-med text-ink-2">Raw answer</h3>
              <CopyButton text={error.raw} className="h-5" />
            </div>
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
              tabIndex={0}
              className="thin-scroll max-h-52 overflow-auto rounded-2 border border-line bg-sunken px-2.5 py-2 font-mono text-[12px] leading-[1.6] break-words whitespace-pre-wrap"
            >
              {visibleText(error.raw)}
            </pre>
          </div>
        )}
      </div>
    </div>
  );
}
