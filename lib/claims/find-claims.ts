import { actionOfThings, actionOfVerb, actionsOfTool, doneVerbs } from '#src/lib/claims/actions.ts';
import type { Action, Claim } from '#src/lib/claims/claim.ts';
import { type Clause, clausesOf } from '#src/lib/claims/clauses.ts';
import { numbersIn, referencesIn } from '#src/lib/claims/said-values.ts';
import { wordsOf } from '#src/lib/rehearsal/words.ts';

/**
 * What the agent stated as done or known, in order. Not what it asked, offered, promised, refused, made depend on
 * something or only read back.
 */
export function findClaims(said: string): Claim[] {
  const clauses = clausesOf(said);
  const found = clauses.flatMap((clause, i): Claim[] => {
    const kind = kindOf(clause, clauses, i);
    return kind ? [{ text: clause.text, from: clause.from, to: clause.to, ...kind }] : [];
  });
  // "Done. It's order A-2047." makes one claim, and that is the one with something in it.
  return found.length > 1 ? found.filter((claim) => !bareDone.test(claim.text)) : found;
}

function kindOf(clause: Clause, all: readonly Clause[], at: number): Pick<Claim, 'kind' | 'action'> | null {
  const text = clause.text.replaceAll('’', "'").replace(opening, '').trim();
  if (clause.question || opensDependent.test(text)) return null;
  if (bareDone.test(text)) return { kind: 'done', action: 'any' };
  if (refused.test(text)) return null;
  const promised = open.test(text) && (!foretold.test(text) || conditional.test(text));
  if (promised || callersWords.test(text) || courtesy.test(text)) return null;
  const action = doneAction(text);
  if (action && !denied.test(text)) return { kind: 'done', action };
  if (known.some((pattern) => pattern.test(text))) return { kind: 'known', action: null };
  const hasValue = numbersIn(text).length > 0 || referencesIn(text).length > 0;
  if (hasValue && valued.test(text) && !/\bquestions?\b/i.test(text)) return { kind: 'known', action: null };
  return isReading(text, all, at) ? { kind: 'known', action: null } : null;
}

/** What a clause says was done, null when it says nothing of the kind. */
function doneAction(text: string): Action | null {
  const managed = /^(?:i|we)(?:'ve| have)? (?:was able|were able|managed) to (\w+)/i.exec(text)?.[1];
  if (managed) return [...actionsOfTool(managed)][0] ?? 'any';
  for (const pattern of donePatterns) {
    const verb = pattern.exec(text)?.[1];
    if (verb === undefined) continue;
    const action = actionOfVerb(verb) ?? 'any';
    const things = actionOfThings(wordsOf(text).map((word) => word.text));
    if (action === 'any' || (/^(?:put|set|let)$/i.test(verb) && things)) return things ?? action;
    return action;
  }
  return null;
}

/** An answer read out without a verb: "Order number A-2047, status accepted". Before a question it is a read-back. */
function isReading(text: string, all: readonly Clause[], at: number): boolean {
  if (!/^(?:order|booking|confirmation|reference|ticket|total|status|price|name|date|number|balance)\b/i.test(text))
    return false;
  return numbersIn(text).length > 0 && !all.slice(at + 1).some((clause) => clause.question);
}

const verbs = doneVerbs.join('|');
/** Any other deed, by its form: whether a tool did it is then a matter of its words. */
const anyDeed =
  '(?!(?:need|want|mention|ask|notic|explain|call|tri|hop|receiv|wonder|listen|miss|confus|interest|suppos|allow|repeat|decid|appreciat|clos|finish|work|learn)ed\\b)(?:[a-z]{2,}ed|given|frozen|taken|written|paid|held|kept|brought|withdrawn|begun)';
const soon = '(?:(?:just|now|already|also|all|successfully|been|gone ahead and|again|both|safely|then) )*';

const donePatterns = [
  // I've booked, I have also sent, we just changed
  new RegExp(`^(?:i|we)(?:'ve| have|'d| had)? ?${soon}(${verbs}|put|set|let|told)\\b`, 'i'),
  new RegExp(`^(?:i(?:'ve| have)|we've) ${soon}(${anyDeed})\\b`, 'i'),
  new RegExp(`^(?:[\\w', -]+? )(?:has|have|'ve) (?:now |already |also |just )*been (${anyDeed})\\b`, 'i'),
  // Your order is placed, it has been shipped, that's cancelled, you're booked
  new RegExp(
    `^(?!(?:you|i|we)(?: have|'ve)\\b(?! been))(?:[\\w', -]+? )?(?:is|are|was|were|has|have|[a-z]+'(?:s|re|ve)) ${soon}(${verbs}|set)\\b`,
    'i',
  ),
  // The payment went through, your order has gone in, your order is in
  /\b(?:went|gone) (through|in)\b/i,
  /^(?:your|the) \w+ (?:is|are) (?:now )?(in|through)$|^(?:your|the) \w+ (?:is|are) (?:now )?(in|through)\b(?! the| a| \w+ room| use)/i,
  // Restarted your router
  new RegExp(`^(${verbs}) (?:your|the|you|it)\\b`, 'i'),
  // Booked. Sent to your phone.
  new RegExp(`^(?:all )?(${verbs})(?: (?:for|on|at|under|to|by) .*)?[.!]*$`, 'i'),
  // All set
  /^(?:you're |you are |it's |everything's |everything is )?all (set)\b/i,
];

const bareDone = /^(?:that's |that is |it's |it is )?(?:all )?(?:done|taken care of|sorted)(?: for you)?[.!]*$/i;
const opening =
  /^(?:(?:yes|no problem|no|okay|ok|great|perfect|good news|sure|right|well|thank you|thanks|alright|certainly|of course|wonderful|lovely|so|and|but|also|welcome back|i'm sorry|sorry|it looks like|it seems|according to [^,]+|unfortunately|i am sorry|i'm afraid)(?:[,!]|\b(?= (?:your|the|it|we|there|i|you)\b))\s*)+(?:[A-Z]\w+,\s*)?/i;

/** What only holds under a condition, or is said for the caller to confirm. */
const opensDependent =
  /^(?:if|once|when|whenever|unless|until|as soon as|before|after|should|shall|would|could|can|may|do|did|does|have you|has the|please|let me|let's|just to confirm|to confirm|so that's|that's right|one moment)\b/i;
const refused =
  /\b(?:could not|couldn't|cannot|can't|unable|not sure|don't know|do not know|did not|didn't|won't|wasn't able|was not able)\b/i;
const open =
  /\b(?:will|would|could|should|shall|might|may|going to|about to|want|wants|like to|need|try|trying|let me|looking|can)\b|'ll\b|'d like\b|\bif\b/i;
/** A third one's future with a value is knowledge: "it will arrive on Tuesday". */
const foretold =
  /^(?:it|they|an? \w+|your \w+|the \w+(?: \w+)?)(?:'ll| will) (?:be|arrive|come|take|cost|start|open|close|call|reach|visit)\b|\bi can see\b/i;
const conditional = /\b(?:if|once|when|unless|as soon as|after you)\b/i;
const denied = /^(?:no|none|nobody)\b|\b(?:not|n't|haven't|hasn't|never|nothing|yet to)\b|n't\b/i;
const callersWords = /^you (?:said|asked|told|mentioned|wanted|want|chose|were saying)\b/i;
const courtesy =
  /^(?:i am|i'm) (?!out\b)|^(?:this is|that's (?:annoying|fine|great|all|right)|we look forward|i understand|thank)|\bthere (?:was|is|seems to be) (?:an?|some) (?:problem|error|issue)|^the system\b|^your (?:call|safety|privacy|patience|feedback|turn)\b|^we have to\b/i;

const state =
  '(?:free|available|open|closed|sold out|in stock|out of stock|left|ready|fully booked|booked up|full|on (?:its|their) way|out for|delayed|due|included|down|working|back|valid|at|on|for|in|with|because|from|vegetarian|vegan|gluten|delivered|fixed|paid|unpaid|overdue|confirmed|under|out|order|booking|number|of)';

const known = [
  /^there(?:'s| is| are| were| was) /i,
  /^we(?:'ve| do| still| only|'re| are)* (?:still )?(?:have|got|out of|open|closed|fully booked|booked up|don't have)\b/i,
  /^we (?:do not|don't) have\b/i,
  /^you(?: still| also| already| currently)?(?:'ve| have|'re| are)(?: already| still| also| currently)? (?:got |a |an |no |\d|ordered|on the |with |due |in )/i,
  /\b(?:costs?|comes? (?:to|in)|contains?|includes?|starts?|opens?|closes?|arrives?|expires?|runs|leaves|departs|lands|lasts|ends)\b/i,
  /^i (?:can )?(?:see|found|have found)\b|^i(?:'ve| have) found\b/i,
  new RegExp(
    `^(?!i\\b|we\\b|what\\b)[\\w' ,-]+?(?: is| are| was| were|'s|'re| will be| has been)(?: now| still| also| already| only| a)* (?:\\w+ )?${state}\\b`,
    'i',
  ),
  /^(?:it|they|an? \w+|your [\w ]+|the [\w ]+)(?:'ll| will) (?:be|arrive|take|cost|start|call|reach|visit)\b/i,
  // You're checked in, you're down for Wednesday
  /^you(?:'re| are) (?:now |all )?(?:checked in|down for|signed up|registered|enrolled)\b/i,
  // Your usual is a margherita
  /^your\b[\w' ]*?(?: is|'s| are) (?:an?|the) /i,
];

/** The double is 120 euros, it's order A-2047: what can be checked by its value. */
const valued =
  /^(?:the|your|it|they)\b[\w' ]*?(?: is|'s| are| have| got)\b|^that's .*(?:euros?|dollars?|pounds?)\b|^you(?: still)?(?:'ve| have) |^i(?:'ve| have)(?: got)? (?!you)/i;
