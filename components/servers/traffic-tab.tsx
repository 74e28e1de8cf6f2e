'use client';
import { useState } from 'react';
import { ExchangeView } from '#src/components/handshake/exchange-view.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import { Input } from '#src/components/ui/field.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import { type TrafficLine, trafficLines } from '#src/lib/mcp/rpc-messages.ts';
import { durationWords } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

const mostShown = 500;

/** Every message between Patchbay and the server: of the newest handshake, and of what was tried since. */
export function TrafficTab({ exchanges }: { exchanges: Exchange[] }) {
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState(0);
  if (exchanges.length === 0)
    return <Empty title="No traffic yet">Check the server again or run a tool, and each message is listed here.</Empty>;
  const wanted = filter.trim().toLowerCase();
  const lines = exchanges
    .flatMap((exchange, index) => trafficLines(exchange).map((line) => ({ ...line, exchange, index })))
    .filter((line) => wanted === '' || matches(line, line.exchange, wanted))
    .slice(-mostShown);
  const shown = exchanges[chosen] ?? exchanges[0];
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(300px,40%)] phone:block">
      <section aria-label="Messages" className="thin-scroll min-w-0 overflow-auto phone:overflow-visible">
        <div className="flex items-center gap-2 border-b border-line px-5 py-2 phone:px-4">
          <Input
            aria-label="Filter messages"
            placeholder="Filter by method, tool or text"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            className="max-w-80"
          />
          <span className="text-sm text-ink-3" role="status">
            {lines.length} messages
          </span>
        </div>
        {lines.length === 0 ? (
          <Empty title="No message matches">
            Nothing has “{filter}” in it.{' '}
            <button type="button" className="link" onClick={() => setFilter('')}>
              Clear the filter
            </button>
          </Empty>
        ) : (
          <ol>
            {lines.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: messages only come at the end
              <li key={at}>
                <Line line={line} chosen={line.index === chosen} onChoose={() => setChosen(line.index)} />
              </li>
            ))}
          </ol>
        )}
      </section>
      <aside
        aria-label="The chosen message"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
        tabIndex={0}
        className="thin-scroll grid min-w-0 content-start gap-3 overflow-auto border-l border-line px-4 py-3.5 -outline-offset-2 phone:border-t phone:border-l-0"
      >
        {shown && <ExchangeView exchange={shown} />}
      </aside>
    </div>
  );
}

function Line(props: { line: TrafficLine; chosen: boolean; onChoose: () => void }) {
  const { line } = props;
  return (
    <button
      type="button"
      aria-pressed={props.chosen}
      onClick={props.onChoose}
      className="grid w-full grid-cols-[100px_minmax(0,1fr)_80px_70px_70px] items-center gap-2 border-b border-line px-5 py-1.5 text-left font-mono text-[12px] -outline-offset-2 hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:shadow-[inset_2px_0_0_var(--accent)] phone:grid-cols-[minmax(0,1fr)_70px] phone:px-4"
    >
      <span className="text-ink-3 phone:hidden" suppressHydrationWarning>
        {clockTime(line.at)}
      </span>
      <span className={`flex min-w-0 items-center gap-2 ${line.failed ? 'text-fail' : ''}`}>
        {line.failed ? (
          <Glyph kind="failed" />
        ) : (
          <span aria-hidden="true" className={line.from === 'patchbay' ? 'text-accent' : 'text-ink-3'}>
            {line.from === 'patchbay' ? '→' : '←'}
          </span>
        )}
        <span className="truncate">
          {visibleText(line.label)} {line.id !== null && <span className="text-ink-3">id {visibleText(line.id)}</span>}
        </span>
      </span>
      <span className="text-ink-3 phone:hidden">{line.from === 'patchbay' ? 'Patchbay' : 'Server'}</span>
      <span className="text-right phone:hidden">{line.bytes.toLocaleString('en')}</span>
      <span className="text-right">{line.ms === null ? '' : durationWords(line.ms)}</span>
    </button>
  );
}

function matches(line: TrafficLine, exchange: Exchange, wanted: string): boolean {
  return (
    line.label.toLowerCase().includes(wanted) ||
    (line.from === 'patchbay' ? (exchange.request.body ?? '') : (exchange.response?.body ?? ''))
      .toLowerCase()
      .includes(wanted)
  );
}

const clockTime = (at: string): string => {
  const time = new Date(at);
  return `${time.toLocaleTimeString('en-GB')}.${String(time.getMilliseconds()).padStart(3, '0')}`;
};
