'use client';
import { useSyncExternalStore } from 'react';
import { MenuChoice } from '#src/components/ui/menu.tsx';
import { parseTheme, type Theme, themeCookie } from '#src/lib/theme.ts';

const listeners = new Set<() => void>();
const current = () => parseTheme(document.documentElement.dataset.theme);

function choose(theme: Theme) {
  document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store API is not in every browser yet
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=31536000; samesite=lax`;
  for (const listener of listeners) listener();
}

export function ThemeChoice() {
  const theme = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    current,
    () => 'system' as const,
  );
  return (
    <MenuChoice
      label="Theme"
      value={theme}
      onChange={choose}
      choices={[
        { value: 'system', label: 'As this device' },
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ]}
    />
  );
}
