import type { ToolCall } from '#src/lib/calls/call-item.ts';
import { actionOfThings } from '#src/lib/claims/actions.ts';
import type { Action, Claim } from '#src/lib/claims/claim.ts';
import { wordsOf } from '#src/lib/rehearsal/words.ts';

/** Why nothing proves that something was done, for a person who reads the call. */
export function whyNotDone(
  claim: Claim,
  found: { near: { call: ToolCall; missing: string } | null; tried: ToolCall | null },
): string {
  const what = `Nothing proves ${thingOf(claim)}.`;
  const { near, tried } = found;
  if (tried) return `${what} ${fate(tried)}`;
  if (near) return `${what} ${near.call.tool} ran, but “${near.missing}” is not in what it was given or answered.`;
  return `${what} ${missing[claim.action ?? 'any']}`;
}

/** Why nothing proves that something is known. */
export function whyNotKnown(
  near: { tool: string; reason: 'opposite' } | { tool: string; reason: 'value'; missing: string } | null,
): string {
  if (near?.reason === 'opposite') return `Nothing proves this. ${near.tool} answered the opposite.`;
  if (near) return `Nothing proves this. ${near.tool} ran, but “${near.missing}” is not in its answer.`;
  return 'Nothing proves this. No tool result says so; it may come from the instructions.';
}

function fate(call: ToolCall): string {
  switch (call.state) {
    case 'failed':
      return `${call.tool} failed.`;
    case 'in-doubt':
      return `Nobody knows whether ${call.tool} went through.`;
    case 'waiting':
      return `${call.tool} still waits for a yes.`;
    case 'declined':
      return `${call.tool} was read back and not done.`;
    case 'running':
      return `${call.tool} has not answered.`;
    case 'succeeded':
      return `${call.tool} answered only after this was said.`;
  }
}

function thingOf({ text, action }: Claim): string {
  if (action === 'send' && /\b(?:text|texted|sms)\b/i.test(text)) return 'the text message';
  if (action === 'send' && /\be-?mail(?:ed)?\b/i.test(text)) return 'the e-mail';
  const named = action === 'any' || action === null ? actionOfThings(wordsOf(text).map((word) => word.text)) : action;
  return things[named ?? 'any'];
}

const things: Record<Action, string> = {
  send: 'the message',
  book: 'the booking',
  order: 'the order',
  cancel: 'the cancellation',
  change: 'the change',
  pay: 'the payment',
  note: 'that this was written down',
  find: 'that this was looked up',
  any: 'that this was done',
};

const missing: Record<Action, string> = {
  send: 'No tool that sends messages ran.',
  book: 'No tool that books this ran.',
  order: 'No tool that places this order ran.',
  cancel: 'No tool that cancels this ran.',
  change: 'No tool that changes this ran.',
  pay: 'No tool that moves this money ran.',
  note: 'No tool that writes this down ran.',
  find: 'No tool that looks this up ran.',
  any: 'No tool that did it ran.',
};
