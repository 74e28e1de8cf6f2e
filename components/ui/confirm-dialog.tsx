'use client';
import { AlertDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { buttonClass } from '#src/components/ui/button.tsx';

/** Asks before something that cannot be undone. The button says the act. */
export function ConfirmDialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  act: string;
  onAct: () => void;
  children: ReactNode;
}) {
  return (
    <AlertDialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-50 bg-scrim" />
        <AlertDialog.Content className="fixed top-1/2 left-1/2 z-50 w-[calc(100vw-32px)] max-w-[420px] -translate-x-1/2 -translate-y-1/2 rounded-3 border border-line-strong bg-raised px-[22px] py-[18px] shadow-float">
          <AlertDialog.Title className="text-lg font-bold">{props.title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-1.5 text-ink-2">{props.children}</div>
          </AlertDialog.Description>
          <div className="mt-4 flex justify-end gap-2">
            <AlertDialog.Cancel className={buttonClass()}>Keep it</AlertDialog.Cancel>
            <AlertDialog.Action className={buttonClass({ kind: 'danger' })} onClick={props.onAct}>
              {props.act}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
