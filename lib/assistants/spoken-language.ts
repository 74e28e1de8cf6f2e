import { z } from 'zod';

/** Languages that an assistant has its own sentences in (BCP 47 primary tags), by their own names. */
export const languageNames = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  it: 'Italiano',
  nl: 'Nederlands',
  pt: 'Português',
  pl: 'Polski',
} as const;

export const spokenLanguageSchema = z.enum(['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl']);
export type SpokenLanguage = z.infer<typeof spokenLanguageSchema>;

/** The language in English, for a model. */
export const languageForModel: Record<SpokenLanguage, string> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  it: 'Italian',
  nl: 'Dutch',
  pt: 'Portuguese',
  pl: 'Polish',
};
