'use client';
import { Toast as RadixToast } from 'radix-ui';
import { useSyncExternalStore } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { type Toast, toastStore } from '#src/components/ui/toast-store.ts';

const none: readonly Toast[] = [];

export function Toaster() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.get, () => none);
  return (
    <RadixToast.Provider swipeDirection="right" duration={6000}>
      {toasts.map((toast) => (
        <RadixToast.Root
          key={toast.id}
          duration={toast.undo ? 12_000 : 5000}
          onOpenChange={(open) => !open && toastStore.dismiss(toast.id)}
          className="flex items-center gap-3 rounded-3 bg-ink py-2 pr-2 pl-4 text-surface shadow-float"
        >
          <RadixToast.Description className="min-w-0 flex-1">{toast.text}</RadixToast.Description>
          {toast.undo && (
            <RadixToast.Action asChild altText="Undo">
              <Button size="sm" onClick={toast.undo}>
                Undo
              </Button>
            </RadixToast.Action>
          )}
        </RadixToast.Root>
      ))}
      <RadixToast.Viewport className="fixed bottom-4 left-1/2 z-[60] grid w-[min(420px,calc(100vw-32px))] -translate-x-1/2 gap-2 phone:bottom-20" />
    </RadixToast.Provider>
  );
}
