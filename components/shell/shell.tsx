import type { ReactNode } from 'react';
import { KeyboardHelp } from '#src/components/shell/keyboard-help.tsx';
import { Rail } from '#src/components/shell/rail.tsx';
import { Toaster } from '#src/components/ui/toaster.tsx';

/** The frame of every page of a team: the rail, and a pane that scrolls inside itself (on a phone the page does). */
export function Shell(props: {
  userName: string;
  teamName: string;
  role: string;
  /** What people of the team have to do after calls. */
  openFollowUps: number;
  signOut: () => Promise<void>;
  children: ReactNode;
}) {
  return (
    <div className="grid h-dvh grid-cols-[var(--rail)_minmax(0,1fr)] overflow-hidden phone:block phone:h-auto phone:overflow-visible phone:pb-[58px] phone:calling:pb-0">
      <Rail
        openFollowUps={props.openFollowUps}
        userName={props.userName}
        teamName={props.teamName}
        role={props.role}
        signOut={props.signOut}
      />
      <main className="relative flex h-dvh min-w-0 flex-col bg-surface phone:h-auto phone:min-h-[calc(100dvh-58px)] phone:calling:min-h-dvh">
        {props.children}
      </main>
      <KeyboardHelp />
      <Toaster />
    </div>
  );
}
