import type { ComponentProps } from 'react';
import { Button } from '#src/components/ui/button.tsx';

/** The one thing to do on a page of a guest. */
export function CallButton(props: Omit<ComponentProps<typeof Button>, 'kind' | 'className'>) {
  return <Button {...props} kind="primary" className="h-[52px] w-full gap-2.5 rounded-3 text-lg" />;
}
