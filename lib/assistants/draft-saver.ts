import type { ActionResult, Problem } from '#src/lib/action-result.ts';

export type DraftState<T> = {
  draft: T;
  savedAt: string;
  status: 'saved' | 'unsaved' | 'saving' | 'conflict' | 'failed';
  problem: Problem | null;
};

/**
 * Saves a draft by itself, some time after the last change. One save at a time; what is changed meanwhile is saved
 * after it. When someone else saved in between it stops and keeps the text until `keepMine` or `takeTheirs`.
 */
export function createDraftSaver<T>(o: {
  draft: T;
  savedAt: string;
  delayMs: number;
  save: (draft: T, ifSavedAt: string | undefined) => Promise<ActionResult<{ savedAt: string }>>;
  /** Runs `act` after a while; answers with what stops it. */
  later: (act: () => void, ms: number) => () => void;
}) {
  let state: DraftState<T> = { draft: o.draft, savedAt: o.savedAt, status: 'saved', problem: null };
  let saving: Promise<boolean> | null = null;
  let stopTimer = () => {};
  const listeners = new Set<() => void>();
  const set = (change: { [K in keyof DraftState<T>]?: DraftState<T>[K] }) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };

  const saveNow = async (ifSavedAt: string | undefined): Promise<boolean> => {
    const sent = state.draft;
    set({ status: 'saving', problem: null });
    const result = await o.save(sent, ifSavedAt);
    if (!result.ok) {
      set({ status: result.problem.code === 'draft-conflict' ? 'conflict' : 'failed', problem: result.problem });
      return false;
    }
    set({ savedAt: result.value.savedAt, status: state.draft === sent ? 'saved' : 'unsaved' });
    return true;
  };

  /** Saves what is not saved yet, at once. False when that did not work. */
  const flush = async (): Promise<boolean> => {
    stopTimer();
    if (saving) await saving;
    if (state.status === 'saved') return true;
    if (state.status === 'conflict') return false;
    saving = saveNow(state.savedAt).catch((error: unknown) => {
      const problem = {
        code: 'not-saved',
        message: 'Not saved.',
        hint: 'Patchbay did not answer. Your text is kept here.',
      };
      set({ status: 'failed', problem: { ...problem, raw: String(error) } });
      return false;
    });
    const ok = await saving;
    saving = null;
    return ok && made.get().status !== 'saved' ? flush() : ok;
  };

  const made = {
    get: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: (next: T) => {
      if (next === state.draft) return;
      set({ draft: next, status: state.status === 'conflict' ? 'conflict' : 'unsaved' });
      stopTimer();
      if (state.status !== 'conflict') stopTimer = o.later(() => void flush(), o.delayMs);
    },
    flush,
    /** Saves over what someone else saved. */
    keepMine: () => saveNow(undefined),
    takeTheirs: (draft: T, savedAt: string) => set({ draft, savedAt, status: 'saved', problem: null }),
  };
  return made;
}
