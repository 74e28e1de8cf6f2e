'use client';
import { Fragment, useMemo, useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { CopyButton } from '#src/components/ui/copy-button.tsx';
import { counted } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

const firstShown = 6_000;
/** A browser that draws more of it stands still; all of it can be copied. */
const mostShown = 120_000;

/** Whatever came over the wire, shown as it is: hidden marks made visible, coloured when it is JSON, long ones cut until asked for. */
export function Payload({ title, value, empty = 'Nothing.' }: { title: string; value: unknown; empty?: string }) {
  const [whole, setWhole] = useState(false);
  const text = useMemo(() => payloadText(value), [value]);
  const shown = whole ? mostShown : firstShown;
  const cut = text.length > shown;
  const drawn = useMemo(() => tokens(visibleText(text.slice(0, shown))), [text, shown]);
  return (
    <section className="min-w-0">
      <div className="mb-1 flex h-6 items-center">
        <h3 className="flex-1 text-sm font-med text-ink-2">{title}</h3>
        {text !== '' && <CopyButton text={text} className="h-5" />}
      </div>
      {text === '' ? (
        <p className="text-sm text-ink-3">{empty}</p>
      ) : (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
          tabIndex={0}
          className="thin-scroll max-h-[420px] overflow-auto rounded-2 border border-line bg-sunken px-2.5 py-2 font-mono text-[12px] leading-[1.6] break-words whitespace-pre-wrap text-ink"
        >
          {drawn}
          {cut && <span className="text-ink-3">…</span>}
        </pre>
      )}
      {cut && !whole && (
        <Button kind="ghost" size="sm" className="mt-1" onClick={() => setWhole(true)}>
          {text.length > mostShown
            ? `Show ${mostShown.toLocaleString('en')} of ${counted(text.length, 'character')}`
            : `Show all ${counted(text.length, 'character')}`}
        </Button>
      )}
      {cut && whole && (
        <p className="mt-1 text-sm text-ink-3">The rest of {counted(text.length, 'character')} can be copied.</p>
      )}
    </section>
  );
}

function payloadText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') return JSON.stringify(value, null, 2);
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? JSON.stringify(parsed, null, 2) : value;
  } catch {
    return value;
  }
}

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b)/g;

/** Colours of JSON; text that is no JSON comes through with a colour here and there, and whole. */
function tokens(text: string) {
  const out = [];
  let from = 0;
  for (const match of text.matchAll(token)) {
    const [all, string, colon] = match;
    out.push(<Fragment key={from}>{text.slice(from, match.index)}</Fragment>);
    const look = string ? (colon ? 'text-ink-2' : 'text-read') : 'text-accent';
    out.push(
      <span key={`t${match.index}`} className={look}>
        {string ?? all}
      </span>,
    );
    if (colon) out.push(<Fragment key={`c${match.index}`}>{colon}</Fragment>);
    from = match.index + all.length;
  }
  out.push(<Fragment key="rest">{text.slice(from)}</Fragment>);
  return out;
}
