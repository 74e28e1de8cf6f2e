import type { AssistantConfig } from '#src/lib/assistants/assistant-config.ts';

/** One difference between what is published and the draft, and how to take just this one back. */
export type ConfigChange = {
  id: string;
  mark: '+' | '-' | '~';
  text: string;
  undo: (draft: AssistantConfig) => AssistantConfig;
};
