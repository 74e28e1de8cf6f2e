import type { CallerKind } from '#src/lib/calls/call.ts';

/** How a caller came, beside the name. */
export const callerWords: Record<CallerKind, string> = {
  member: 'browser',
  synthetic: 'synthetic',
  api: 'API',
  guest: 'tester link',
};
