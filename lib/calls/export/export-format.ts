import { z } from 'zod';

/** The forms in which one call leaves the house. */
export const exportFormatSchema = z.enum(['json', 'markdown', 'webvtt']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

export const exportFormats: Record<ExportFormat, { label: string; ending: string; mediaType: string }> = {
  json: { label: 'Events, JSON', ending: 'json', mediaType: 'application/json' },
  markdown: { label: 'Transcript, Markdown', ending: 'md', mediaType: 'text/markdown; charset=utf-8' },
  webvtt: { label: 'Subtitles, WebVTT', ending: 'vtt', mediaType: 'text/vtt; charset=utf-8' },
};
