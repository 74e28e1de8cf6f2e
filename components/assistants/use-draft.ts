'use client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { AssistantConfig } from '#src/lib/assistants/assistant-config.ts';
import { createDraftSaver } from '#src/lib/assistants/draft-saver.ts';

const delayMs = 700;

export type SaveDraft = (
  config: AssistantConfig,
  ifSavedAt: string | undefined,
) => Promise<ActionResult<{ savedAt: string }>>;

/** The draft of an assistant as someone edits it; it saves itself. */
export function useDraft(draft: AssistantConfig, savedAt: string, save: SaveDraft) {
  const [saver] = useState(() =>
    createDraftSaver({
      draft,
      savedAt,
      delayMs,
      save,
      later: (act, ms) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
    }),
  );
  const state = useSyncExternalStore(saver.subscribe, saver.get, saver.get);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (saver.get().status !== 'saved') event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      void saver.flush();
    };
  }, [saver]);
  return { saver, state };
}
