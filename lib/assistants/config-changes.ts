import type { AssistantConfig, PipelineStep } from '#src/lib/assistants/assistant-config.ts';
import type { ConfigChange } from '#src/lib/assistants/config-change.ts';
import { contextChanges } from '#src/lib/assistants/context-changes.ts';
import { lineHunks } from '#src/lib/assistants/line-hunks.ts';

/** What the draft changes, in the order of the page. `serverName` puts a name to a server's id. */
export function configChanges(
  published: AssistantConfig,
  draft: AssistantConfig,
  serverName: (id: string) => string,
): ConfigChange[] {
  return [
    ...field('name', 'Name', published, draft),
    ...lines(published, draft),
    ...field('greeting', 'Greeting', published, draft),
    ...field('language', 'Language', published, draft),
    ...field('voice', 'Voice', published, draft),
    ...steps(published, draft),
    ...tools(published, draft, serverName),
    ...contextChanges(published, draft, serverName),
    ...phraseList(published, draft),
    ...nested(published, draft),
  ];
}

/** Numbers (from 0) of the draft's instruction lines that are new or changed. */
export function changedLines(published: string, draft: string): Set<number> {
  const hunks = lineHunks(published.split('\n'), draft.split('\n'));
  return new Set(
    hunks.flatMap((hunk) => Array.from({ length: hunk.bTo - hunk.bFrom }, (_, line) => hunk.bFrom + line)),
  );
}

function field<K extends 'name' | 'greeting' | 'language' | 'voice'>(
  key: K,
  label: string,
  published: AssistantConfig,
  draft: AssistantConfig,
): ConfigChange[] {
  if (published[key] === draft[key]) return [];
  const detail = key === 'greeting' ? '' : `, ${published[key]} → ${draft[key]}`;
  return [{ id: key, mark: '~', text: `${label}${detail}`, undo: (now) => ({ ...now, [key]: published[key] }) }];
}

function lines(published: AssistantConfig, draft: AssistantConfig): ConfigChange[] {
  const before = published.instructions.split('\n');
  return lineHunks(before, draft.instructions.split('\n')).map((hunk) => {
    const added = hunk.bTo - hunk.bFrom;
    const removed = hunk.aTo - hunk.aFrom;
    const first = (added > 0 ? hunk.bFrom : hunk.aFrom) + 1;
    const count = Math.max(added, removed);
    const where = count > 1 ? `lines ${first} to ${first + count - 1}` : `line ${first}`;
    return {
      id: `instructions-${hunk.aFrom}-${hunk.bFrom}`,
      mark: added === 0 ? '-' : removed === 0 ? '+' : '~',
      text: `Instructions, ${where}`,
      undo: (now) => ({
        ...now,
        instructions: now.instructions
          .split('\n')
          .toSpliced(hunk.bFrom, added, ...before.slice(hunk.aFrom, hunk.aTo))
          .join('\n'),
      }),
    };
  });
}

const stepLabels = { hearing: 'Hears', thinking: 'Thinks', speaking: 'Speaks' } as const;

function steps(published: AssistantConfig, draft: AssistantConfig): ConfigChange[] {
  return (['hearing', 'thinking', 'speaking'] as const)
    .filter((key) => stepName(published[key]) !== stepName(draft[key]))
    .map((key) => ({
      id: key,
      mark: '~',
      text: `${stepLabels[key]}, ${stepName(published[key])} → ${stepName(draft[key])}`,
      undo: (now) => ({ ...now, [key]: published[key] }),
    }));
}

function stepName(step: PipelineStep): string {
  return step.kind === 'rehearsal' ? 'rehearsal' : [step.model, step.voice].filter(Boolean).join(', ');
}

function tools(published: AssistantConfig, draft: AssistantConfig, serverName: (id: string) => string): ConfigChange[] {
  const before = toolKeys(published);
  const after = toolKeys(draft);
  const added = after.filter((one) => !before.some((other) => same(one, other)));
  const removed = before.filter((one) => !after.some((other) => same(one, other)));
  return [
    ...added.map(
      (one): ConfigChange => ({ ...named(one, serverName), mark: '+', undo: (now) => withTool(now, one, false) }),
    ),
    ...removed.map(
      (one): ConfigChange => ({ ...named(one, serverName), mark: '-', undo: (now) => withTool(now, one, true) }),
    ),
  ];
}

type ToolKey = { serverId: string; tool: string };
const toolKeys = (config: AssistantConfig): ToolKey[] =>
  config.tools.flatMap((entry) => entry.tools.map((tool) => ({ serverId: entry.serverId, tool })));
const same = (a: ToolKey, b: ToolKey) => a.serverId === b.serverId && a.tool === b.tool;
const named = (one: ToolKey, serverName: (id: string) => string) => ({
  id: `tool-${one.serverId}-${one.tool}`,
  text: `${one.tool} on ${serverName(one.serverId)}`,
});

/** The same assistant with one tool of one server on or off. */
export function withTool(config: AssistantConfig, one: ToolKey, on: boolean): AssistantConfig {
  const entry = config.tools.find((other) => other.serverId === one.serverId);
  const others = (entry?.tools ?? []).filter((tool) => tool !== one.tool);
  const next = { serverId: one.serverId, tools: on ? [...others, one.tool] : others };
  return {
    ...config,
    tools: entry ? config.tools.map((other) => (other === entry ? next : other)) : [...config.tools, next],
  };
}

function phraseList(published: AssistantConfig, draft: AssistantConfig): ConfigChange[] {
  return lineHunks(published.rehearsalPhrases, draft.rehearsalPhrases).map((hunk) => ({
    id: `rehearsal-${hunk.aFrom}-${hunk.bFrom}`,
    mark: hunk.bTo === hunk.bFrom ? '-' : hunk.aTo === hunk.aFrom ? '+' : '~',
    text: `Rehearsal, “${draft.rehearsalPhrases[hunk.bFrom] ?? published.rehearsalPhrases[hunk.aFrom] ?? ''}”`,
    undo: (now) => ({
      ...now,
      rehearsalPhrases: now.rehearsalPhrases.toSpliced(
        hunk.bFrom,
        hunk.bTo - hunk.bFrom,
        ...published.rehearsalPhrases.slice(hunk.aFrom, hunk.aTo),
      ),
    }),
  }));
}

const phraseLabels: Record<keyof AssistantConfig['phrases'], string> = {
  apology: 'When nothing works',
  slowTool: 'While a tool is slow',
  stillThere: 'After a silence',
  toolFailed: 'When a tool failed',
};

function nested(published: AssistantConfig, draft: AssistantConfig): ConfigChange[] {
  const changes: ConfigChange[] = [];
  if (published.recording !== draft.recording)
    changes.push({
      id: 'recording',
      mark: '~',
      text: `Recording, ${draft.recording ? 'off → on' : 'on → off'}`,
      undo: (now) => ({ ...now, recording: published.recording }),
    });
  for (const key of ['slowTool', 'toolFailed', 'apology', 'stillThere'] as const) {
    if (published.phrases[key] === draft.phrases[key]) continue;
    changes.push({
      id: `phrases-${key}`,
      mark: '~',
      text: `Phrase, ${phraseLabels[key].toLowerCase()}`,
      undo: (now) => ({ ...now, phrases: { ...now.phrases, [key]: published.phrases[key] } }),
    });
  }
  for (const [key, label] of [
    ['silenceMs', 'Silence'],
    ['maxDurationMs', 'Longest call'],
    ['fillerAfterMs', 'Says something after'],
  ] as const) {
    if (published.limits[key] === draft.limits[key]) continue;
    changes.push({
      id: `limits-${key}`,
      mark: '~',
      text: `${label}, ${published.limits[key] / 1000} → ${draft.limits[key] / 1000} s`,
      undo: (now) => ({ ...now, limits: { ...now.limits, [key]: published.limits[key] } }),
    });
  }
  return changes;
}
