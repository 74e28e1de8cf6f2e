import type { Action } from '#src/lib/claims/claim.ts';
import { identifierWords, stem } from '#src/lib/rehearsal/words.ts';

type Lexicon = Record<Exclude<Action, 'any'>, { verbs: string; things: string; tools: string }>;

/**
 * Plain English, no trade's words. `verbs` as said when it is done; `things` that name what is meant where the verb is
 * general ("your order is in"); `tools` as their names say it.
 */
const lexicon: Lexicon = {
  send: {
    verbs: 'sent texted emailed e-mailed messaged notified informed told forwarded passed mailed escalated let',
    things: 'text sms message email e-mail mail reminder receipt link',
    tools: 'send text sms message email mail notify forward remind escalate handoff',
  },
  book: {
    verbs: 'booked reserved scheduled put',
    things: 'booking reservation table appointment visit room stay',
    tools: 'book reserve reservation booking appointment schedule arrange visit',
  },
  order: {
    verbs: 'placed ordered submitted bought purchased shipped dispatched',
    things: 'order delivery parcel',
    tools: 'place order purchase buy checkout submit ship',
  },
  cancel: {
    verbs: 'cancelled canceled deleted removed voided withdrawn stopped',
    things: 'cancellation',
    tools: 'cancel delete remove void withdraw stop',
  },
  change: {
    verbs:
      'changed updated moved rescheduled modified amended extended switched swapped upgraded set reset restarted corrected unlocked blocked activated',
    things: 'change update',
    tools:
      'change update move reschedule modify amend extend switch swap upgrade set reset restart edit unlock block activate',
  },
  pay: {
    verbs: 'refunded charged paid credited billed',
    things: 'refund payment charge bill invoice',
    tools: 'refund charge pay payment credit bill invoice',
  },
  note: {
    verbs: 'added noted recorded logged saved created opened registered filed raised entered signed',
    things: 'ticket note case incident fault complaint',
    tools: 'add note record log save create open register file raise ticket write append insert put',
  },
  find: {
    verbs: 'checked found looked verified searched',
    things: '',
    tools: 'check find look get search list verify read fetch query show',
  },
};

const keys = ['send', 'book', 'order', 'cancel', 'change', 'pay', 'note', 'find'] as const;
const general = 'made done confirmed completed processed finished taken issued started arranged put handled through in';

const verbActions = new Map<string, Action>(index('verbs'));
const thingActions = new Map<string, Action>(index('things').map(([word, action]) => [stem(word), action]));
const toolActions = index('tools').map(([word, action]): [string, Action] => [stem(word), action]);
for (const word of general.split(' ')) if (!verbActions.has(word)) verbActions.set(word, 'any');

/** The participles that say something was done, for a pattern. */
export const doneVerbs = [...verbActions.keys()].filter((word) => !/^(?:in|through|put|let|set|told)$/.test(word));

/** What a participle means; null when it names no deed. */
export function actionOfVerb(word: string): Action | null {
  return verbActions.get(word.toLowerCase()) ?? null;
}

/** What is meant where the verb does not say it: the first thing named. */
export function actionOfThings(words: readonly string[]): Action | null {
  for (const word of words) {
    const action = thingActions.get(stem(word.toLowerCase()));
    if (action) return action;
  }
  return null;
}

/** All that a tool may do by its name. In `cancel_order` the verb decides, in `create_order` the thing counts too. */
export function actionsOfTool(tool: string): Set<Action> {
  const words = identifierWords(tool).split(' ').map(stem);
  const named = toolActions.filter(([word]) => words.includes(word));
  const acts = named.filter(([word]) => !things.has(word)).map(([, action]) => action);
  const makes = acts.every((action) => action === 'note' || action === 'order');
  return new Set(makes ? named.map(([, action]) => action) : acts);
}

/** Names of things in the names of tools. */
const things = new Set(
  'text message email mail reservation booking appointment visit order checkout payment bill invoice credit ticket record note list change'
    .split(' ')
    .map(stem),
);

function index(part: keyof Lexicon['send']): [string, Action][] {
  return keys.flatMap((action) =>
    lexicon[action][part]
      .split(' ')
      .filter(Boolean)
      .map((word): [string, Action] => [word, action]),
  );
}
