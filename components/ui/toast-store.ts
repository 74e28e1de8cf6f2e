export type Toast = { id: number; text: string; undo?: (() => void) | undefined };

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Confirms an act in passing; with `undo` it can be taken back for a while. */
export function toast(text: string, undo?: () => void): void {
  const id = nextId++;
  set([...toasts.slice(-2), { id, text, undo }]);
}

export const toastStore = {
  get: () => toasts,
  dismiss: (id: number) => set(toasts.filter((t) => t.id !== id)),
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
