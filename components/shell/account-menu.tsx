'use client';
import { Keyboard, LogOut } from 'lucide-react';
import { useTransition } from 'react';
import { showKeyboardHelp } from '#src/components/shell/keyboard-help.tsx';
import { ThemeChoice } from '#src/components/shell/theme-choice.tsx';
import { Menu, MenuItem, MenuLine, MenuText } from '#src/components/ui/menu.tsx';

export function AccountMenu(props: { userName: string; teamName: string; role: string; signOut: () => Promise<void> }) {
  const [leaving, startLeaving] = useTransition();
  return (
    <Menu
      side="right"
      align="end"
      trigger={
        <button
          type="button"
          aria-label={`${initials(props.userName)}, account of ${props.userName}`}
          className="grid size-9 place-items-center rounded-full phone:size-11"
        >
          <span className="grid size-[26px] place-items-center rounded-full bg-line-strong text-[10.5px] font-bold text-ink">
            {initials(props.userName)}
          </span>
        </button>
      }
    >
      <MenuText>
        <b className="block font-med text-ink">{props.userName}</b>
        {props.role} of {props.teamName}
      </MenuText>
      <MenuLine />
      <ThemeChoice />
      <MenuLine />
      <MenuItem onSelect={() => showKeyboardHelp(true)}>
        <Keyboard size={15} aria-hidden="true" />
        Keys
      </MenuItem>
      <MenuItem disabled={leaving} onSelect={() => startLeaving(props.signOut)}>
        <LogOut size={15} aria-hidden="true" />
        Sign out
      </MenuItem>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.slice(0, 1).toUpperCase() ?? '')
    .join('');
}
