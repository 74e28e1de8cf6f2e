import type { ToolCall } from '#src/lib/calls/call-item.ts';
import { actionOfThings } from '#src/lib/claims/actions.ts';
import type { Action, Claim } from '#src/lib/claims/claim.ts';
import type { Evidence, Verdict, Witness } from '#src/lib/claims/evidence.ts';
import { readSaid, type Said } from '#src/lib/claims/said.ts';
import { matchValues } from '#src/lib/claims/said-against-facts.ts';
import { isAmong } from '#src/lib/claims/said-content.ts';
import type { ToolFacts } from '#src/lib/claims/tool-facts.ts';
import { whyNotDone } from '#src/lib/claims/why-unproven.ts';

/** Finds the write that did what was claimed: the same deed, about the same thing, with the same values. */
export function proveDone(claim: Claim, evidence: Evidence): Verdict {
  const action = claim.action ?? 'any';
  const said = readSaid(claim.text);
  const actions = wantedActions(said, action);
  const fits = ({ call, facts }: Witness): boolean =>
    (action === 'find' || call.effect === 'write') && (action === 'any' || isOfAction(facts, actions));
  const tried = evidence.others.find(fits)?.call ?? null;
  // What one call was not told may stand in another: the room that was found, then booked.
  let anywhere: string | null | undefined;
  let near: { call: ToolCall; missing: string } | null = null;
  for (const { call, facts } of evidence.answered) {
    if (!fits({ call, facts }) || !sameChannel(said.text, call.tool)) continue;
    const own = matchValues(said, [facts]);
    if (!isAbout(said, action, facts, own.hits)) continue;
    // The newest try decides, unless the claim names something of this one.
    if (tried && startedAfter(tried, call) && own.hits === 0) break;
    if (own.missing !== null && anywhere === undefined) {
      const all = evidence.answered.map((one) => one.facts);
      anywhere = matchValues(said, all).missing;
    }
    const missing = own.missing === null ? null : (anywhere ?? null);
    const wrongDay = own.missing !== null && /day$/i.test(own.missing) ? own.missing : null;
    if (missing === null && wrongDay === null) return { proof: { toolCallId: call.id, tool: call.tool }, why: null };
    near ??= { call, missing: missing ?? wrongDay ?? '' };
  }
  return { proof: null, why: whyNotDone(claim, { near, tried }) };
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
