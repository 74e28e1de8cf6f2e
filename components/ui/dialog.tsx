'use client';
import { X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from '#src/components/ui/button.tsx';

/** A floating pane; focus goes back to where it came from. */
export function Dialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <RadixDialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-50 bg-scrim" />
        <RadixDialog.Content
          {...(props.description ? {} : { 'aria-describedby': undefined })}
          className={`thin-scroll fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 overflow-auto rounded-3 border border-line-strong bg-raised px-[22px] py-[18px] shadow-float ${props.wide ? 'max-w-[760px]' : 'max-w-[440px]'}`}
        >
          <div className="flex items-center gap-2">
            <RadixDialog.Title className="min-w-0 flex-1 text-lg font-bold">{props.title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <Button kind="ghost" size="sm" square aria-label="Close">
                <X size={15} aria-hidden="true" />
              </Button>
            </RadixDialog.Close>
          </div>
          {props.description && (
            <RadixDialog.Description className="mt-0.5 text-sm text-ink-3">{props.description}</RadixDialog.Description>
          )}
          <div className="mt-3">{props.children}</div>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
