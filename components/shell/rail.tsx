'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { AccountMenu } from '#src/components/shell/account-menu.tsx';
import { Mark } from '#src/components/shell/mark.tsx';
import { RailIcon, type RailIconName } from '#src/components/shell/rail-icon.tsx';

const places: { href: string; label: string; icon: RailIconName }[] = [
  { href: '/assistants', label: 'Assistants', icon: 'assistants' },
  { href: '/servers', label: 'Servers', icon: 'servers' },
  { href: '/calls', label: 'Calls', icon: 'calls' },
  { href: '/settings', label: 'Settings', icon: 'settings' },
];

/** The mark, which leads home, and the four places: at the left, on a phone at the bottom. */
export function Rail({
  openFollowUps,
  ...props
}: {
  openFollowUps: number;
  userName: string;
  teamName: string;
  role: string;
  signOut: () => Promise<void>;
}) {
  const path = usePathname();
  return (
    <nav
      aria-label="Main"
      className="z-40 flex flex-col items-center gap-0.5 border-r border-line bg-bg pt-2.5 pb-3 phone:fixed phone:inset-x-0 phone:bottom-0 phone:h-[58px] phone:flex-row phone:justify-around phone:border-t phone:border-r-0 phone:bg-surface phone:px-2 phone:py-1 phone:calling:hidden"
    >
      <Link
        href="/"
        aria-label="Patchbay home"
        aria-current={path === '/' ? 'page' : undefined}
        className="mb-3 grid h-9 w-10 place-items-center rounded-2 text-accent hover:bg-hover aria-[current=page]:bg-hover phone:mb-0 phone:h-11 phone:w-9"
      >
        <Mark />
      </Link>
      {places.map((place) => (
        <Link
          key={place.href}
          href={place.href}
          aria-current={path === place.href || path.startsWith(`${place.href}/`) ? 'page' : undefined}
          className="group flex w-14 flex-col items-center gap-[3px] rounded-2 pt-[7px] pb-1.5 text-[10.5px] font-med text-ink-3 no-underline hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:text-ink phone:w-[70px] phone:pt-1.5 phone:text-[11px]"
        >
          <span className="relative group-aria-[current=page]:text-accent">
            <RailIcon name={place.icon} />
            {place.href === '/calls' && openFollowUps > 0 && (
              <span
                aria-hidden="true"
                className="absolute -top-1.5 left-3 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-[10px] leading-none font-bold text-on-accent"
              >
                {openFollowUps > 99 ? '99+' : openFollowUps}
              </span>
            )}
          </span>
          {place.label}
          {place.href === '/calls' && openFollowUps > 0 && (
            <span className="sr-only">, {openFollowUps} to follow up</span>
          )}
        </Link>
      ))}
      <div className="desk:mt-auto">
        <AccountMenu {...props} />
      </div>
    </nav>
  );
}
