'use client';
import { MoreHorizontal } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { NameViewDialog } from '#src/components/calls/name-view-dialog.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Menu, MenuItem } from '#src/components/ui/menu.tsx';
import { toast } from '#src/components/ui/toast-store.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type CallFilter, callFilterQuery } from '#src/lib/calls/call-filter.ts';
import { replyBudgetMs } from '#src/lib/calls/call-view.ts';
import type { SavedView } from '#src/lib/calls/saved-view.ts';

export type ViewActions = {
  save: (name: string, query: string) => Promise<ActionResult<SavedView>>;
  rename: (id: string, name: string) => Promise<ActionResult<SavedView>>;
  remove: (id: string) => Promise<ActionResult<SavedView>>;
  restore: (view: SavedView) => Promise<ActionResult<SavedView>>;
};

const given: { name: string; filter: CallFilter }[] = [
  { name: 'All', filter: {} },
  { name: 'Needs a look', filter: { broken: 'true' } },
  { name: 'Flagged', filter: { flag: 'any' } },
  { name: 'Tool failed', filter: { failedTool: 'any' } },
  { name: 'Slow replies', filter: { replyOverMs: replyBudgetMs } },
  { name: 'Failed', filter: { status: 'failed' } },
];
const tab =
  'py-[9px] font-med whitespace-nowrap text-ink-3 no-underline -outline-offset-2 aria-[current=page]:text-ink aria-[current=page]:shadow-[inset_0_-2px_0_var(--accent)]';

/** Ways to look at the list: those that everyone has, and those that the team kept. */
export function CallViews(props: { filter: CallFilter; views: SavedView[]; actions: ViewActions }) {
  const { filter, views, actions } = props;
  const router = useRouter();
  const [naming, setNaming] = useState<'new' | SavedView | null>(null);
  const here = callFilterQuery(filter);
  const kept = views.find((view) => view.query === here);
  const known = kept !== undefined || given.some((view) => callFilterQuery(view.filter) === here);
  const remove = async (view: SavedView) => {
    const done = await actions.remove(view.id);
    if (!done.ok) return toast(done.problem.message);
    toast(`“${view.name}” was deleted.`, () => {
      void actions.restore(done.value).then((back) => {
        if (!back.ok) toast(back.problem.message);
        router.refresh();
      });
    });
    router.refresh();
  };
  const link = (name: string, query: string) => (
    <Link
      key={`${name} ${query}`}
      href={query === '' ? '/calls' : `/calls?${query}`}
      aria-current={query === here ? 'page' : undefined}
      className={tab}
    >
      {name}
    </Link>
  );
  return (
    <div className="flex flex-none items-center gap-3 border-b border-line px-5 phone:px-4">
      <nav aria-label="Views" className="no-scrollbar flex min-w-0 flex-1 gap-4 overflow-x-auto">
        {given.map((view) => link(view.name, callFilterQuery(view.filter)))}
        {views.map((view) => link(view.name, view.query))}
      </nav>
      {!known && (
        <Button size="sm" onClick={() => setNaming('new')}>
          Save view
        </Button>
      )}
      {kept && (
        <Menu
          trigger={
            <Button size="sm" kind="ghost" square aria-label={`More about the view ${kept.name}`}>
              <MoreHorizontal size={15} aria-hidden="true" />
            </Button>
          }
        >
          <MenuItem onSelect={() => setNaming(kept)}>Rename</MenuItem>
          <MenuItem danger onSelect={() => void remove(kept)}>
            Delete
          </MenuItem>
        </Menu>
      )}
      {naming !== null && (
        <NameViewDialog
          title={naming === 'new' ? 'Save this view' : 'Rename the view'}
          act={naming === 'new' ? 'Save view' : 'Rename'}
          name={naming === 'new' ? '' : naming.name}
          close={() => setNaming(null)}
          save={(name) => (naming === 'new' ? actions.save(name, here) : actions.rename(naming.id, name))}
        />
      )}
    </div>
  );
}
