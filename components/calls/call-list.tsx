'use client';
import { Download, ListFilter } from 'lucide-react';
import { useRef, useState } from 'react';
import { CallSearch } from '#src/components/calls/call-search.tsx';
import { CallTable, type ShownCall } from '#src/components/calls/call-table.tsx';
import { CallViews, type ViewActions } from '#src/components/calls/call-views.tsx';
import { FilterChips } from '#src/components/calls/filter-chips.tsx';
import { type FilterChoices, FilterDialog } from '#src/components/calls/filter-dialog.tsx';
import { useFreshList } from '#src/components/calls/use-fresh-list.ts';
import { useRowKeys } from '#src/components/calls/use-row-keys.ts';
import { useHotkeys } from '#src/components/shell/hotkeys.ts';
import { Button, ButtonLink, buttonClass } from '#src/components/ui/button.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import { type CallFilter, callFilterQuery, callsHref } from '#src/lib/calls/call-filter.ts';
import { filterWords } from '#src/lib/calls/filter-words.ts';
import type { SavedView } from '#src/lib/calls/saved-view.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** The list of calls with its views, filters and search. The choice is in the address, so that it can be kept and shared. */
export function CallList(props: {
  filter: CallFilter;
  /** Calls that go on, then the others, newest first. */
  calls: ShownCall[];
  older: string | null;
  /** False on the pages of older calls, which do not change. */
  newest: boolean;
  views: SavedView[];
  viewActions: ViewActions;
  choices: FilterChoices;
}) {
  const { filter, calls, choices } = props;
  const [choosing, setChoosing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  useRowKeys(rows);
  useFreshList(
    props.newest,
    calls.some(({ call }) => call.status === 'live' || call.status === 'placed'),
  );
  useHotkeys({
    '/': (event) => {
      event.preventDefault();
      field.current?.focus();
    },
  });
  const words = filterWords(filter, (id) => choices.assistants.find((one) => one.id === id)?.name);
  const { q, ...withoutWords } = filter;
  const query = callFilterQuery(filter);
  return (
    <>
      <CallViews filter={filter} views={props.views} actions={props.viewActions} />
      <div className="flex flex-none flex-wrap items-center gap-2 border-b border-line px-5 py-2 phone:px-4">
        <CallSearch filter={filter} field={field} />
        <FilterChips filter={filter} words={words} />
        <Button onClick={() => setChoosing(true)}>
          <ListFilter size={14} aria-hidden="true" /> Filter
        </Button>
        <span className="flex-1" />
        <a
          href={`/api/v1/calls.csv${query === '' ? '' : `?${query}`}`}
          download="calls.csv"
          className={buttonClass({ kind: 'ghost' })}
        >
          <Download size={14} aria-hidden="true" /> CSV
        </a>
      </div>
      <div ref={rows} className="thin-scroll min-h-0 flex-1 overflow-auto phone:overflow-visible">
        {calls.length > 0 ? (
          <CallTable calls={calls} older={props.older} />
        ) : q !== undefined ? (
          <Empty
            title={`No call has “${visibleText(q)}”`}
            act={<ButtonLink href={callsHref(withoutWords)}>Leave the words out</ButtonLink>}
          >
            {words.length > 0
              ? 'What was said and what tools were given and answered was searched, in the calls that the filters let through.'
              : 'What was said and what tools were given and answered was searched, in all calls that are over.'}
          </Empty>
        ) : (
          <Empty title="No call matches" act={<ButtonLink href="/calls">Show all calls</ButtonLink>}>
            {words.length > 0
              ? `Leave out ${words.map(({ label, value }) => `${label} ${visibleText(value)}`).join(', or ')} to see more.`
              : 'There are no older calls.'}
          </Empty>
        )}
      </div>
      {choosing && <FilterDialog filter={filter} choices={choices} close={() => setChoosing(false)} />}
    </>
  );
}
