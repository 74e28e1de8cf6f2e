import type { ReactNode } from 'react';
import { signOut } from '#src/app/(console)/actions.ts';
import { endCallAction } from '#src/app/(console)/calls/[id]/actions.ts';
import { CallDock } from '#src/components/call/call-dock.tsx';
import { Shell } from '#src/components/shell/shell.tsx';
import { countOpenFollowUps } from '#src/server/follow-ups/follow-ups.ts';
import { requireMember } from '#src/server/teams/session.ts';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const member = await requireMember();
  const openFollowUps = await countOpenFollowUps(member.teamId);
  return (
    <Shell
      userName={member.userName}
      teamName={member.teamName}
      role={member.role}
      openFollowUps={openFollowUps}
      signOut={signOut}
    >
      <CallDock end={endCallAction} />
      {children}
    </Shell>
  );
}
