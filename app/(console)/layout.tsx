import type { ReactNode } from 'react';
import { signOut } from '#src/app/(console)/actions.ts';
import { endCallAction } from '#src/app/(console)/calls/[id]/actions.ts';
import { CallDock } from '#src/components/call/call-dock.tsx';
import { Shell } from '#src/components/shell/shell.tsx';
import { requireMember } from '#src/server/teams/session.ts';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const member = await requireMember();
  return (
    <Shell userName={member.userName} teamName={member.teamName} role={member.role} signOut={signOut}>
      <CallDock end={endCallAction} />
      {children}
    </Shell>
  );
}
