'use client';
import { useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { classNames } from '#src/components/ui/class-names.ts';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import type { DiffLine } from '#src/lib/mcp/definition-diff.ts';
import type { ListedTool } from '#src/lib/mcp/listed-tool.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** A definition that changed since it was approved: what changed, what is off because of it, and the two ways on. */
export function DriftNotice(props: {
  tool: ListedTool;
  pending: NonNullable<ListedTool['pending']>;
  mayWrite: boolean;
  onApprove: () => Promise<void>;
  onKeepOff: () => void;
}) {
  const { tool, pending } = props;
  const [busy, setBusy] = useState(false);
  return (
    <section
      aria-label={`Change of ${tool.definition.name}`}
      className="mx-5 my-3 overflow-hidden rounded-2 border border-write-fill phone:mx-4"
    >
      <div className="flex flex-wrap items-center gap-2 bg-write-soft px-3.5 py-2.5">
        <Glyph kind="waiting" />
        <p className="min-w-0 flex-1 basis-72">
          <b className="font-bold">
            <span className="font-mono">{visibleText(tool.definition.name)}</span> changed since you approved it.
          </b>{' '}
          <span className="text-ink-2">It is switched off for all calls until someone reviews it.</span>
        </p>
        <span className="text-sm text-ink-2">
          <LocalTime at={pending.since} />
        </span>
        {props.mayWrite && (
          <>
            <Button size="sm" onClick={props.onKeepOff}>
              Keep off
            </Button>
            <Button
              size="sm"
              kind="primary"
              disabled={busy}
              onClick={async () => {
                setBusy(true);
                await props.onApprove();
                setBusy(false);
              }}
            >
              Approve change
            </Button>
          </>
        )}
      </div>
      <DiffLines lines={pending.diff} />
    </section>
  );
}

const aroundChange = 2;

/** The changed lines with a little round them. */
export function DiffLines({ lines }: { lines: readonly DiffLine[] }) {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - aroundChange), at + aroundChange + 1).some((line) => line.kind !== 'same'),
  );
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
      tabIndex={0}
      className="thin-scroll max-h-72 overflow-auto bg-sunken py-1.5 font-mono text-[12px] leading-[1.6] -outline-offset-2"
    >
      {lines.map((line, at) =>
        near[at] ? (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a comparison do not move
            key={at}
            className={classNames(
              'block px-3.5 whitespace-pre-wrap',
              line.kind === 'added' && 'bg-read-soft',
              line.kind === 'removed' && 'bg-fail-soft',
              line.kind === 'same' && 'text-ink-3',
            )}
          >
            <span aria-hidden="true" className="inline-block w-4 text-ink-3">
              {marks[line.kind]}
            </span>
            <span className="sr-only">{line.kind === 'same' ? '' : `${line.kind}: `}</span>
            {line.text}
          </span>
        ) : near[at - 1] ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a comparison do not move
          <span key={at} className="block px-3.5 text-ink-3">
            …
          </span>
        ) : null,
      )}
    </pre>
  );
}

const marks = { added: '+', removed: '−', same: '' } as const;
