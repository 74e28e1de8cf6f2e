import type { Looking } from '#src/components/call/use-looking.ts';
import { toast } from '#src/components/ui/toast-store.ts';

/** Copies the address of this page with the moment and the item that are looked at. */
export async function copyMomentLink({ playheadMs, shown }: Pick<Looking, 'playheadMs' | 'shown'>): Promise<void> {
  const link = new URL(location.pathname, location.origin);
  link.searchParams.set('t', (playheadMs / 1000).toFixed(1));
  if (shown) link.searchParams.set('item', shown);
  await navigator.clipboard.writeText(link.href);
  toast('Link copied');
}
