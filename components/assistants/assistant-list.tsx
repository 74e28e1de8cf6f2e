'use client';
import { Copy, MoreHorizontal, Plus, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useOptimistic, useState, useTransition } from 'react';
import { CreateAssistantDialog } from '#src/components/assistants/create-assistant-dialog.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import { Menu, MenuItem } from '#src/components/ui/menu.tsx';
import { PageHead } from '#src/components/ui/page-head.tsx';
import { toast } from '#src/components/ui/toast-store.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Assistant } from '#src/lib/assistants/assistant-config.ts';
import { counted } from '#src/lib/time-words.ts';

export type AssistantListActions = {
  create: (name: string) => Promise<ActionResult<Assistant>>;
  duplicate: (id: string) => Promise<ActionResult<Assistant>>;
  remove: (id: string) => Promise<ActionResult>;
  restore: (id: string) => Promise<ActionResult>;
};

/** The team's assistants. A deleted one can be taken back. */
export function AssistantList(props: { assistants: Assistant[]; mayWrite: boolean; actions: AssistantListActions }) {
  const { actions } = props;
  const router = useRouter();
  const [creating, setCreating] = useState(false);
  const [, startDeleting] = useTransition();
  const [assistants, hide] = useOptimistic(props.assistants, (now, id: string) => now.filter((one) => one.id !== id));

  const remove = (assistant: Assistant) =>
    startDeleting(async () => {
      hide(assistant.id);
      const done = await actions.remove(assistant.id);
      if (!done.ok) return toast(`Not deleted. ${done.problem.message}`);
      toast(`${assistant.name} is deleted. Its calls stay.`, () => {
        void actions.restore(assistant.id).then((back) => {
          if (!back.ok) toast(back.problem.message);
          router.refresh();
        });
      });
    });
  const duplicate = async (assistant: Assistant) => {
    const made = await actions.duplicate(assistant.id);
    if (made.ok) router.push(`/assistants/${made.value.id}`);
    else toast(made.problem.message);
  };
  const create = props.mayWrite && (
    <Button kind="primary" onClick={() => setCreating(true)}>
      <Plus size={15} aria-hidden="true" /> New assistant
    </Button>
  );

  return (
    <>
      <PageHead acts={create}>
        <h1 className="text-lg font-bold">Assistants</h1>
        <span className="text-sm text-ink-3">{counted(assistants.length, 'assistant')}</span>
      </PageHead>
      <div className="thin-scroll min-h-0 flex-1 overflow-auto phone:overflow-visible">
        {assistants.length === 0 ? (
          <Empty title="No assistant yet" act={create}>
            An assistant is what a caller talks to: instructions, a voice, and the tools it may use.
          </Empty>
        ) : (
          <ul>
            {assistants.map((assistant) => (
              <li
                key={assistant.id}
                className="relative flex items-center gap-3 border-b border-line px-5 py-3 hover:bg-hover phone:px-4"
              >
                <div className="min-w-0 flex-1">
                  <div className="flex items-center gap-2">
                    <Link
                      href={`/assistants/${assistant.id}`}
                      className="truncate font-bold text-ink no-underline after:absolute after:inset-0"
                    >
                      {assistant.name}
                    </Link>
                    <VersionChip assistant={assistant} />
                  </div>
                  <p className="truncate text-sm text-ink-3">
                    {firstLine(assistant.draft.instructions) || 'No instructions yet.'}
                  </p>
                </div>
                <span className="text-sm whitespace-nowrap text-ink-3 phone:hidden">
                  {counted(toolsOn(assistant), 'tool')} on
                </span>
                <span className="w-32 text-right text-sm whitespace-nowrap text-ink-3 phone:hidden">
                  saved <LocalTime at={assistant.draftSavedAt} />
                </span>
                {props.mayWrite && (
                  <Menu
                    trigger={
                      <Button kind="ghost" square className="relative z-10" aria-label={`More about ${assistant.name}`}>
                        <MoreHorizontal size={16} aria-hidden="true" />
                      </Button>
                    }
                  >
                    <MenuItem onSelect={() => void duplicate(assistant)}>
                      <Copy size={14} aria-hidden="true" /> Duplicate
                    </MenuItem>
                    <MenuItem danger onSelect={() => remove(assistant)}>
                      <Trash2 size={14} aria-hidden="true" /> Delete
                    </MenuItem>
                  </Menu>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
      <CreateAssistantDialog open={creating} onOpenChange={setCreating} create={actions.create} />
    </>
  );
}

function VersionChip({ assistant }: { assistant: Assistant }) {
  if (assistant.publishedVersion === null) return <Chip tone="draft">Not published yet</Chip>;
  return (
    <>
      <Chip className="font-mono">v{assistant.publishedVersion}</Chip>
      {assistant.changed && <Chip tone="draft">draft differs</Chip>}
    </>
  );
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? '';
}

function toolsOn(assistant: Assistant): number {
  return assistant.draft.tools.reduce((sum, entry) => sum + entry.tools.length, 0);
}
