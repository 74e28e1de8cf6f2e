import type { ToolCall } from '#src/lib/calls/call-item.ts';

/** Why a write that was read back was not done, in a sentence. */
export function declinedWords({ reason, name }: NonNullable<ToolCall['declined']>): string {
  switch (reason) {
    case 'no':
      return 'The caller said no.';
    case 'change':
      return 'The caller wanted something else.';
    case 'other':
      return 'The caller said something else.';
    case 'unheard':
      return 'The caller had not heard all of it.';
    case 'operator':
      return `${name ?? 'An operator'} did not approve it.`;
    case 'nobody':
      return 'Nobody was there to approve it.';
    case 'ended':
      return 'The call ended before it was decided.';
  }
}
