'use client';
import { measureElement, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, startTransition, useEffect, useState } from 'react';
import { ToolTableRow } from '#src/components/servers/tool-table-row.tsx';
import { Button } from '#src/components/ui/button.tsx';
import type { ListedTool } from '#src/lib/mcp/listed-tool.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';

const th =
  'sticky top-0 z-10 border-b border-line bg-surface px-2.5 py-[7px] text-left text-sm font-med whitespace-nowrap text-ink-3 first:pl-5';
/** More rows than this are made as they come into sight. */
const fewRows = 60;
const usualRowPx = 50;
/** Rows in sight on a usual screen: the page comes with these. */
const firstRows = 11;
/** Rows beyond the edges, so that none is missing while it is scrolled. */
const rowsAround = 3;

/** The tools of a server: which assistants may have at all, what each does to the world, and who has to say yes first. */
export function ToolTable(props: {
  tools: ListedTool[];
  budgetMs: number;
  chosen: string | null;
  onChoose: (tool: string) => void;
  mayWrite: boolean;
  onPolicy: (tool: string, policy: ToolPolicy) => void;
  /** The pane that scrolls; on a phone the page does. */
  pane: RefObject<HTMLElement | null>;
  phone: boolean;
}) {
  const { tools, phone } = props;
  const [most, setMost] = useState(fewRows);
  const [around, setAround] = useState(0);
  // Made in a frame of their own. It is also by this second rendering that the pane is found: it is not there yet during the first.
  useEffect(() => startTransition(() => setAround(rowsAround)), []);
  const virtual = tools.length > fewRows && !phone;
  const virtualizer = useVirtualizer({
    count: tools.length,
    getScrollElement: () => props.pane.current,
    estimateSize: () => usualRowPx,
    getItemKey: (index) => tools[index]?.definition.name ?? index,
    overscan: around,
    measureElement: heightOf,
    enabled: virtual,
    initialRect: { width: 900, height: firstRows * usualRowPx },
  });
  const items = virtualizer.getVirtualItems();
  const above = virtual ? (items[0]?.start ?? 0) : 0;
  const below = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const shown = virtual ? items.map((item) => item.index) : tools.slice(0, most).map((_, index) => index);
  return (
    <>
      <table className="w-full border-separate border-spacing-0 phone:block" aria-rowcount={tools.length + 1}>
        <thead className="phone:sr-only">
          <tr>
            <th className={th}>Tool</th>
            <th className={th}>Allowed</th>
            <th className={th}>Effect</th>
            <th className={th}>Asks first</th>
            <th className={th}>p50 / p95 of budget</th>
            <th className={`${th} text-right narrow:hidden`}>Result size</th>
            <th className={`${th} pr-5 text-right`}>Voice score</th>
          </tr>
        </thead>
        <tbody className="phone:block">
          {above > 0 && <Gap px={above} />}
          {shown.map((index) => {
            const tool = tools[index];
            return (
              tool && (
                <ToolTableRow
                  key={tool.definition.name}
                  index={index}
                  {...(virtual ? { rowRef: virtualizer.measureElement } : {})}
                  tool={tool}
                  budgetMs={props.budgetMs}
                  chosen={props.chosen === tool.definition.name}
                  onChoose={props.onChoose}
                  mayWrite={props.mayWrite}
                  scrolling={virtual && virtualizer.isScrolling}
                  onPolicy={props.onPolicy}
                />
              )
            );
          })}
          {below > 0 && <Gap px={below} />}
        </tbody>
      </table>
      {!virtual && tools.length > most && (
        <div className="px-5 py-3 phone:px-4">
          <Button onClick={() => setMost(most + fewRows)}>Show {Math.min(fewRows, tools.length - most)} more</Button>
        </div>
      )}
    </>
  );
}

/** The height that the browser tells once it has laid the row out: to ask for it before would have it lay out all of the page once more. */
function heightOf(
  row: HTMLTableRowElement,
  told: ResizeObserverEntry | undefined,
  rows: Virtualizer<HTMLElement, HTMLTableRowElement>,
): number {
  if (told) return measureElement(row, told, rows);
  return rows.itemSizeCache.get(rows.options.getItemKey(rows.indexFromElement(row))) ?? usualRowPx;
}

function Gap({ px }: { px: number }) {
  return (
    <tr>
      <td colSpan={7} style={{ height: px }} />
    </tr>
  );
}
