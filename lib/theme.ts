export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The cookie that carries a person's choice; read on the server, so that no page flashes in the wrong colours. */
export const themeCookie = 'patchbay-theme';

/** Anything but a known theme is `system`. */
export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system';
}
