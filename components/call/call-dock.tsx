'use client';
import { PhoneOff } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { hangUp } from '#src/components/call/call-session.ts';
import { inCall } from '#src/components/call/session-state.ts';
import { useCallSession } from '#src/components/call/use-session.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';

/** A call goes on while its caller looks at other pages: this strip leads back to it. */
export function CallDock({ end }: { end: (callId: string) => Promise<unknown> }) {
  const session = useCallSession();
  const path = usePathname();
  if (!inCall(session) || session.callId === null || path === `/calls/${session.callId}`) return null;
  return (
    <aside
      aria-label="Your call"
      className="flex flex-none items-center gap-2.5 border-b border-line bg-accent-soft px-5 py-1.5 phone:px-4"
    >
      <Chip tone="live">Live</Chip>
      <span className="min-w-0 flex-1 truncate">You are talking to {session.assistantName}.</span>
      <Link href={`/calls/${session.callId}`} className="link">
        Back to the call
      </Link>
      <Button size="sm" kind="danger" onClick={() => void hangUp(end)}>
        <PhoneOff size={13} aria-hidden="true" /> Hang up
      </Button>
    </aside>
  );
}
