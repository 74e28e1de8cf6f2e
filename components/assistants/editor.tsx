'use client';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { AddServerDialog } from '#src/components/assistants/add-server-dialog.tsx';
import { Checklist } from '#src/components/assistants/checklist.tsx';
import { checklistSteps } from '#src/components/assistants/checklist-steps.tsx';
import { ContextSection } from '#src/components/assistants/context-section.tsx';
import { DraftChanges } from '#src/components/assistants/draft-changes.tsx';
import { DraftProblem } from '#src/components/assistants/draft-problem.tsx';
import { InstructionsEditor } from '#src/components/assistants/instructions-editor.tsx';
import { LimitsSection, PhrasesSection, RehearsalSection } from '#src/components/assistants/phrases-section.tsx';
import { PipelineSection } from '#src/components/assistants/pipeline-section.tsx';
import type { CheckStep } from '#src/components/assistants/pipeline-step.tsx';
import { RecordingSection } from '#src/components/assistants/recording-section.tsx';
import { SavedLine } from '#src/components/assistants/saved-line.tsx';
import { Section } from '#src/components/assistants/section.tsx';
import { type ServerWithTools, ToolsSection } from '#src/components/assistants/tools-section.tsx';
import { type SaveDraft, useDraft } from '#src/components/assistants/use-draft.ts';
import { type VersionRow, VersionsDialog } from '#src/components/assistants/versions-dialog.tsx';
import { TestCallButton } from '#src/components/call/test-call-button.tsx';
import type { ConnectActions } from '#src/components/servers/connect-server.tsx';
import { type TesterLinkActions, TesterLinks } from '#src/components/talk/tester-links.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import { PageHead } from '#src/components/ui/page-head.tsx';
import { toast } from '#src/components/ui/toast-store.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Assistant, AssistantConfig } from '#src/lib/assistants/assistant-config.ts';
import { changedLines, configChanges, withTool } from '#src/lib/assistants/config-changes.ts';
import type { Link as TesterLink } from '#src/lib/links/link.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import type { Provider } from '#src/lib/providers/provider.ts';
import { counted } from '#src/lib/time-words.ts';

export type AssistantActions = {
  save: SaveDraft;
  read: () => Promise<ActionResult<Assistant>>;
  publish: () => Promise<ActionResult<Assistant>>;
  version: (version: number) => Promise<ActionResult<AssistantConfig>>;
  connect: ConnectActions;
  allow: (changes: { serverId: string; tool: string; policy: ToolPolicy }[]) => Promise<ActionResult>;
  check: CheckStep;
  links: TesterLinkActions;
};

/** The page of one assistant: what it is on the left, what to do next on the right. */
export function AssistantEditor(props: {
  assistant: Assistant;
  published: AssistantConfig | null;
  versions: VersionRow[];
  servers: ServerWithTools[];
  providers: Provider[];
  lastCallAt: string | null;
  mayWrite: boolean;
  mayCall: boolean;
  /** null for whoever may make none. */
  testerLinks: TesterLink[] | null;
  actions: AssistantActions;
}) {
  const { assistant, published, servers, actions } = props;
  const router = useRouter();
  const { saver, state } = useDraft(assistant.draft, assistant.draftSavedAt, actions.save);
  const [adding, setAdding] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const readOnly = !props.mayWrite;
  const config = state.draft;
  const change = (part: { [K in keyof AssistantConfig]?: AssistantConfig[K] }) =>
    saver.change({ ...saver.get().draft, ...part });
  const next = (props.versions[0]?.version ?? 0) + 1;

  const changes = useMemo(
    () =>
      published
        ? configChanges(published, config, (id) => servers.find((one) => one.id === id)?.name ?? 'a deleted server')
        : [],
    [published, config, servers],
  );
  const marked = useMemo(
    () => (published ? changedLines(published.instructions, config.instructions) : new Set<number>()),
    [published, config.instructions],
  );

  const setTools = (switches: { serverId: string; tool: string; on: boolean }[]) => {
    saver.change(switches.reduce((now, one) => withTool(now, one, one.on), saver.get().draft));
    const toAllow = switches.flatMap((one) => {
      const tool = servers
        .find((server) => server.id === one.serverId)
        ?.tools.find((two) => two.definition.name === one.tool);
      return one.on && tool && !tool.policy.allowed
        ? [{ serverId: one.serverId, tool: one.tool, policy: { ...tool.policy, allowed: true } }]
        : [];
    });
    if (toAllow.length === 0) return;
    void actions.allow(toAllow).then((done) => {
      toast(
        done.ok
          ? `${toAllow.map((one) => one.tool).join(', ')} ${toAllow.length === 1 ? 'is' : 'are'} allowed on the server now.`
          : done.problem.message,
      );
      router.refresh();
    });
  };
  const publish = async () => {
    setPublishing(true);
    if (await saver.flush()) {
      const done = await actions.publish();
      if (done.ok) toast(`Callers get v${done.value.publishedVersion} from now on.`);
      else toast(`Not published. ${done.problem.message}`);
      router.refresh();
    }
    setPublishing(false);
  };
  const takeVersion = async (version: number) => {
    const before = saver.get().draft;
    const found = await actions.version(version);
    if (!found.ok) return toast(found.problem.message);
    saver.change(found.value);
    toast(`v${version} is in the draft.`, () => saver.change(before));
  };

  return (
    <>
      <PageHead
        acts={
          <>
            <VersionsDialog
              versions={props.versions}
              published={assistant.publishedVersion}
              readOnly={readOnly}
              onTake={takeVersion}
            />
            <Button
              disabled={readOnly || publishing || (published !== null && changes.length === 0)}
              title={published !== null && changes.length === 0 ? 'The draft is what callers get already.' : undefined}
              onClick={() => void publish()}
            >
              {publishing ? 'Publishing…' : `Publish v${next}`}
            </Button>
          </>
        }
      >
        <Link href="/assistants" className="inline-flex items-center gap-1.5 text-ink-3 no-underline hover:text-ink">
          Assistants <ChevronRight size={13} aria-hidden="true" />
        </Link>
        <h1 className="truncate text-lg font-bold">{config.name || 'Without a name'}</h1>
        {assistant.publishedVersion === null ? (
          <Chip tone="draft">Not published yet</Chip>
        ) : changes.length > 0 ? (
          <Chip tone="draft">
            <span className="mono">v{next}</span> draft, {counted(changes.length, 'change')}
          </Chip>
        ) : (
          <Chip className="font-mono">v{assistant.publishedVersion}</Chip>
        )}
        <SavedLine state={state} assistant={assistant} />
      </PageHead>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_372px] narrow:grid-cols-[minmax(0,1fr)_300px] phone:flex phone:flex-col">
        <div className="thin-scroll overflow-auto px-5 pb-10 phone:overflow-visible phone:px-4">
          <DraftProblem
            state={state}
            onKeepMine={() => void saver.keepMine()}
            onTakeTheirs={async () => {
              const mine = saver.get().draft;
              const theirs = await actions.read();
              if (!theirs.ok) return toast(theirs.problem.message);
              saver.takeTheirs(theirs.value.draft, theirs.value.draftSavedAt);
              toast('Their version is loaded.', () => saver.change(mine));
            }}
            onRetry={() => void saver.flush()}
          />
          <Section title="Name" hint="Callers may hear it.">
            <Field
              label={<span className="sr-only">Name</span>}
              error={config.name.trim() === '' ? 'Give the assistant a name.' : undefined}
            >
              {(control) => (
                <Input
                  {...control}
                  value={config.name}
                  maxLength={80}
                  readOnly={readOnly}
                  onChange={(event) => change({ name: event.target.value })}
                  className="max-w-[340px]"
                />
              )}
            </Field>
          </Section>
          <Section
            title="Instructions"
            hint={`What ${config.name || 'it'} should do, in your words. Rehearsal does not read them, a model does.`}
          >
            <InstructionsEditor
              value={config.instructions}
              onChange={(instructions) => change({ instructions })}
              readOnly={readOnly}
              changed={marked}
            />
          </Section>
          <PipelineSection
            config={config}
            change={change}
            providers={props.providers}
            readOnly={readOnly}
            check={actions.check}
          />
          <ToolsSection
            config={config}
            servers={servers}
            readOnly={readOnly}
            setTools={setTools}
            onAddServer={() => setAdding(true)}
          />
          <ContextSection
            config={config}
            servers={servers}
            readOnly={readOnly}
            mayTry={props.mayCall}
            change={change}
          />
          <PhrasesSection config={config} change={change} readOnly={readOnly} />
          <RehearsalSection config={config} change={change} readOnly={readOnly} />
          <LimitsSection config={config} change={change} readOnly={readOnly} />
          <RecordingSection config={config} change={change} readOnly={readOnly} />
        </div>
        <aside
          aria-label="Next steps"
          className="thin-scroll divide-y divide-line overflow-auto border-l border-line phone:order-first phone:overflow-visible phone:border-b phone:border-l-0"
        >
          <div className="px-[18px] py-4">
            {props.mayCall ? (
              <TestCallButton big assistant={{ id: assistant.id, name: config.name }} before={saver.flush} />
            ) : (
              <p className="text-sm text-ink-3">Your role may not place calls.</p>
            )}
            <p className="mt-2 text-center text-sm text-ink-3">In this browser, with the draft.</p>
            {props.testerLinks && (
              <div className="mt-3">
                <TesterLinks published={assistant.publishedVersion} links={props.testerLinks} actions={actions.links} />
              </div>
            )}
          </div>
          <div className="px-[18px] py-4">
            <Checklist
              title={assistant.publishedVersion === null ? 'First run' : `Before callers get v${next}`}
              steps={checklistSteps({
                config,
                servers,
                lastCallAt: props.lastCallAt,
                assistant,
                changes: changes.length,
              })}
            />
          </div>
          {published && (
            <div className="px-[18px] py-4 phone:hidden">
              <DraftChanges
                title={`Draft against v${assistant.publishedVersion}`}
                changes={changes}
                readOnly={readOnly}
                onUndo={(one) => saver.change(one.undo(saver.get().draft))}
              />
            </div>
          )}
        </aside>
      </div>
      <AddServerDialog
        open={adding}
        onOpenChange={setAdding}
        actions={actions.connect}
        onChanged={() => router.refresh()}
      />
    </>
  );
}
