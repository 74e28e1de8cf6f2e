import type { FollowUpReason } from '#src/lib/follow-ups/follow-up.ts';

/** What is to be done, in one sentence. */
export function followUpWords(o: { reason: FollowUpReason; serverName: string; tool: string }): string {
  const what = o.tool ? `${o.tool} on ${o.serverName}` : 'a tool';
  switch (o.reason) {
    case 'write-in-doubt':
      return `Check whether ${what} was done. The caller was told that a colleague looks after it.`;
    case 'tool-failed':
      return `${sentence(what)} did not work, so what the caller wanted was not done. See what they were told.`;
    case 'after-call-failed':
      return `${sentence(what)} was not told of the call. Do it by hand, or see what is wrong with the server.`;
    case 'operator-absent':
      return `Nobody was there to approve ${what}. It was not done.`;
  }
}

const sentence = (text: string): string => (text === 'a tool' ? 'A tool' : text);
