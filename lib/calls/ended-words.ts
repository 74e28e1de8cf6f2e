import type { EndedReason } from '#src/lib/calls/call.ts';

const words: Record<EndedReason, string> = {
  'caller-hung-up': 'Caller hung up',
  'caller-left': 'Caller was gone',
  silence: 'Ended after a silence',
  'max-duration': 'Reached its longest time',
  'agent-ended': 'Agent ended the call',
  'never-answered': 'Nobody joined',
};

/** Why a call ended, in words; a reason that is not known is shown as it stands. */
export function endedWords(reason: string | null): string {
  const known = Object.entries(words).find(([code]) => code === reason);
  return known?.[1] ?? reason ?? 'Ended';
}
