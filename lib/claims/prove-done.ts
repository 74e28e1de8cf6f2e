import type { ToolCall } from '#src/lib/calls/call-item.ts';
import { actionOfThings } from '#src/lib/claims/actions.ts';
import type { Action, Claim, JudgedClaim } from '#src/lib/claims/claim.ts';
import type { Witness } from '#src/lib/claims/evidence.ts';
import { readSaid, type Said } from '#src/lib/claims/said.ts';
import { matchValues } from '#src/lib/claims/said-against-facts.ts';
import { isAmong } from '#src/lib/claims/said-content.ts';
import type { ToolFacts } from '#src/lib/claims/tool-facts.ts';

/** A claim that something was done, taken apart once. */
export type Deed = { claim: Claim; said: Said; action: Action; actions: Action[] };

/** What proves a deed; without a proof, the newest call that came near, and what it lacks. */
type Weighed = { proof: JudgedClaim['proof']; near: { call: ToolCall; missing: string } | null };

/** Takes a claim apart, to be held against tool calls. */
export function readDeed(claim: Claim): Deed {
  const action = claim.action ?? 'any';
  const said = readSaid(claim.text);
  return { claim, said, action, actions: wantedActions(said, action) };
}

/** True when a call may do such a thing, by its name and effect. */
export function isSuchDeed({ action, actions }: Deed, { call, facts }: Witness): boolean {
  return (action === 'find' || call.effect === 'write') && (action === 'any' || isOfAction(facts, actions));
}

/**
 * Finds the write that did what was claimed: the same deed, about the same thing, with the same values. `answered` is what had
 * answered when it was said, newest first; `tried` the newest such deed that had not.
 */
export function proveDone(deed: Deed, answered: readonly Witness[], tried: ToolCall | null): Weighed {
  const { said, action } = deed;
  // What one call was not told may stand in another: the room that was found, then booked.
  let anywhere: string | null | undefined;
  let near: Weighed['near'] = null;
  for (const witness of answered) {
    const { call, facts } = witness;
    if (!isSuchDeed(deed, witness) || !sameChannel(said.text, call.tool)) continue;
    const own = matchValues(said, [facts]);
    if (!isAbout(said, action, facts, own.hits)) continue;
    // The newest try decides, unless the claim names something of this one.
    if (tried && startedAfter(tried, call) && own.hits === 0) break;
    if (own.missing !== null && anywhere === undefined) {
      const all = answered.map((one) => one.facts);
      anywhere = matchValues(said, all).missing;
    }
    const missing = own.missing === null ? null : (anywhere ?? null);
    const wrongDay = own.missing !== null && /day$/i.test(own.missing) ? own.missing : null;
    if (missing === null && wrongDay === null) return { proof: { toolCallId: call.id, tool: call.tool }, near: null };
    near ??= { call, missing: missing ?? wrongDay ?? '' };
  }
  return { proof: null, near };
}

/** "I've placed your booking" may be an order by its verb and a booking by its thing. */
function wantedActions(said: Said, action: Action): Action[] {
  const thing = actionOfThings(said.content.map((word) => word.text));
  return thing && (action === 'order' || action === 'book' || action === 'note') ? [action, thing] : [action];
}

/** By its name; a tool whose name says nothing may be anything. */
function isOfAction({ actions }: ToolFacts, wanted: readonly Action[]): boolean {
  if (actions.size === 0) return true;
  return wanted.some((action) => actions.has(action) || (action === 'note' && actions.has('change')));
}

/** A text is not an e-mail. */
function sameChannel(said: string, tool: string): boolean {
  const isText = /\b(?:text|texted|sms)\b/i;
  const isMail = /\b(?:e-?mail|e-?mailed)\b/i;
  if (isText.test(said)) return !/mail/i.test(tool);
  return !(isMail.test(said) && /sms|text|whatsapp/i.test(tool));
}

function isAbout(said: Said, action: Action, facts: ToolFacts, hits: number): boolean {
  if (said.content.length === 0 || hits > 0) return true;
  const shared = said.content.filter((word) => {
    const thing = actionOfThings([word.text]);
    return isAmong(word, facts) || (thing !== null && facts.actions.has(thing));
  }).length;
  // Where the deed itself is not known, more of the words must agree.
  return shared >= (action === 'any' ? Math.ceil(said.content.length / 2) : 1);
}

function startedAfter(one: ToolCall, other: ToolCall): boolean {
  return one.at >= other.at && (one.state === 'failed' || one.state === 'in-doubt');
}
