/** What of a call can be erased: what was said, and what tools were given and answered. */
export const contentKinds = ['words', 'tools'] as const;
export type ContentKind = (typeof contentKinds)[number];

/** Stands where something was erased. */
export const erasedText = '[erased]';
