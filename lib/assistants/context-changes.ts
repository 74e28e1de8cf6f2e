import type { AssistantConfig } from '#src/lib/assistants/assistant-config.ts';
import type { ConfigChange } from '#src/lib/assistants/config-change.ts';

/** What the draft changes of the resources and prompts that a model is told. */
export function contextChanges(
  published: AssistantConfig,
  draft: AssistantConfig,
  serverName: (id: string) => string,
): ConfigChange[] {
  return [
    ...differences('context', published, draft, ({ serverId, uri }) => ({ serverId, what: uri }), serverName),
    ...differences('prompts', published, draft, ({ serverId, name }) => ({ serverId, what: name }), serverName),
  ];
}

function differences<K extends 'context' | 'prompts'>(
  key: K,
  published: AssistantConfig,
  draft: AssistantConfig,
  nameOf: (one: AssistantConfig[K][number]) => { serverId: string; what: string },
  serverName: (id: string) => string,
): ConfigChange[] {
  const idOf = (one: AssistantConfig[K][number]) => `${key}-${nameOf(one).serverId}-${nameOf(one).what}`;
  const before = new Map([...published[key]].map((one) => [idOf(one), one]));
  const after = new Map([...draft[key]].map((one) => [idOf(one), one]));
  const without = (config: AssistantConfig, id: string) => [...config[key]].filter((one) => idOf(one) !== id);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id): ConfigChange[] => {
    const [was, is] = [before.get(id), after.get(id)];
    const shown = is ?? was;
    if (!shown || JSON.stringify(was) === JSON.stringify(is)) return [];
    const { serverId, what } = nameOf(shown);
    return [
      {
        id,
        mark: !was ? '+' : !is ? '-' : '~',
        text: `${key === 'prompts' ? 'Prompt' : 'Resource'} ${what} of ${serverName(serverId)}`,
        undo: (now) => ({ ...now, [key]: was ? [...without(now, id), was] : without(now, id) }),
      },
    ];
  });
}
