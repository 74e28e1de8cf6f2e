'use client';
import { Fragment, useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { CopyButton } from '#src/components/ui/copy-button.tsx';
import { counted } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

const firstShown = 6_000;

/** Whatever came over the wire, shown as it is: hidden marks made visible, coloured when it is JSON, long ones cut until asked for. */
export function Payload({ title, value, empty = 'Nothing.' }: { title: string; value: unknown; empty?: string }) {
  const [whole, setWhole] = useState(false);
  const text = payloadText(value);
  const cut = !whole && text.length > firstShown;
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
          {tokens(visibleText(cut ? text.slice(0, firstShown) : text))}
          {cut && <span className="text-ink-3">…</span>}
        </pre>
      )}
      {cut && (
        <Button kind="ghost" size="sm" className="mt-1" onClick={() => setWhole(true)}>
          Show all {counted(text.length, 'character')}
        </Button>
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
