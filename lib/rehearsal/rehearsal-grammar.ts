import type { DialogueSetup, DialogueState } from '#src/lib/rehearsal/dialogue-state.ts';
import { knownValues } from '#src/lib/rehearsal/earlier-values.ts';
import { slotsNow } from '#src/lib/rehearsal/open-slots.ts';
import { type Slot, slotKey } from '#src/lib/rehearsal/slot.ts';
import type { KnownTool } from '#src/lib/rehearsal/tool-match.ts';
import { requestTemplates } from '#src/lib/rehearsal/tool-phrases.ts';
import { identifierWords } from '#src/lib/rehearsal/words.ts';
import { withCommonRules } from '#src/lib/speech/common-rules.ts';
import { type Grammar, spokenWords } from '#src/lib/speech/grammar.ts';
import { spokenForms } from '#src/lib/speech/spoken-form.ts';

const mostTools = 40;
const mostChoices = 150;

/**
 * Everything that makes sense to say now: requests for every tool, the assistant's rehearsal phrases, small talk, and what
 * answers the question that was just asked. `extraPhrases` are taken word for word.
 */
export function rehearsalGrammarOf(
  setup: DialogueSetup,
  state: DialogueState,
  extraPhrases: readonly string[] = [],
): Grammar {
  const tools = setup.toolbox.tools.slice(0, mostTools);
  const rules = tools.flatMap((tool, i) => toolRules(tool, `t${i}`, state));
  const phrases = [...setup.rehearsalPhrases, ...extraPhrases].flatMap(spokenForms);
  const answers = answerRules(state);
  const say = [
    '<small-talk>',
    '<yes>',
    '<no>',
    '<backchannel>',
    ...tools.map((_, i) => `<t${i}>`),
    ...new Set(phrases),
    ...answers.say,
  ];
  return { rules: withCommonRules([{ name: 'say', alternatives: say }, ...rules, ...answers.rules]) };
}

function toolRules(tool: KnownTool, name: string, state: DialogueState): Grammar['rules'] {
  const slots = tool.form.slots.slice(0, 12);
  const slotRule = (slot: Slot): string | null => {
    const at = slots.indexOf(slot);
    return at >= 0 && valuesOf(slot, tool, state, false).length > 0 ? `<${name}s${at}>` : null;
  };
  const requests = requestTemplates(tool).flatMap((template) => {
    const parts = template.map((part) => ('words' in part ? spokenForms(part.words)[0] : slotRule(part.slot)));
    return parts.every((part) => typeof part === 'string') ? [parts.join(' ')] : [];
  });
  const tails = slots.flatMap((slot) => {
    const rule = slotRule(slot);
    return rule ? tailsOf(slot, rule) : [];
  });
  const unique = [...new Set(requests)].filter((request) => request.length < 400);
  if (unique.length === 0) return [{ name, alternatives: ['<small-talk>'] }];
  const tail = tails.length > 0 ? ` [<${name}tails>]` : '';
  return [
    { name, alternatives: [`[<lead>] <${name}requests>${tail} [please]`] },
    { name: `${name}requests`, alternatives: unique },
    ...(tails.length > 0 ? [{ name: `${name}tails`, alternatives: inAnyOrder(tails) }] : []),
    ...slots.flatMap((slot, i) => {
      const alternatives = valuesOf(slot, tool, state, false);
      return alternatives.length > 0 ? [{ name: `${name}s${i}`, alternatives }] : [];
    }),
  ];
}

/** Some of these, each once. Of many, any number in any order: all orders would be too many. */
function inAnyOrder(tails: readonly string[]): string[] {
  if (tails.length > 3) return [`(${tails.join(' | ')})+`];
  return tails.map((tail, i) => {
    const others = tails.filter((_, other) => other !== i);
    return others.length === 0 ? tail : `${tail} [${inAnyOrder(others).join(' | ')}]`;
  });
}

/** How a value is added to a request: `for four people`, `at eight`, `under mara`. */
function tailsOf(slot: Slot, rule: string): string[] {
  const noun = spokenWords(slot.label).join(' ');
  switch (slot.kind.type) {
    case 'choice':
      return [isTimes(slot) ? `[at | to] ${rule}` : `[for | with] ${rule}`];
    case 'number':
      return noun ? [`(for | to) ${rule} [${noun}]`, `${rule} ${noun}`] : [`(for | to) ${rule}`];
    case 'date':
      return [`[for | to] ${rule}`];
    case 'time':
      return [`[at | to] ${rule}`];
    case 'date-time':
      return [`[for | to | on] ${rule}`];
    case 'code':
      return [`[number] ${rule}`];
    case 'text':
      return slot.kind.isName ? [`(for | under | the name is | my name is) ${rule}`] : [`[for | of | in] ${rule}`];
    case 'boolean':
      return noun ? [`(with | without) ${noun}`] : [];
  }
}

/** The answers to what was asked, and corrections of what was read back. */
function answerRules(state: DialogueState): { say: string[]; rules: Grammar['rules'] } {
  const { focus } = state;
  if (!focus || focus.stage === 'calling') return { say: [], rules: [] };
  const slots = slotsNow(focus.tool.form, focus.values);
  if (focus.stage === 'asking') {
    const asked = slots.find((slot) => slotKey(slot.path) === focus.asked);
    const alternatives = asked ? valuesOf(asked, focus.tool, state, true) : [];
    if (!asked || alternatives.length === 0) return { say: [], rules: [] };
    const noun = spokenWords(asked.label).join(' ');
    const lead = leads[isTimes(asked) ? 'time' : asked.kind.type];
    return { say: [`[${lead}] <answer> [${noun || 'please'}] [please]`], rules: [{ name: 'answer', alternatives }] };
  }
  const changes = slots.slice(0, 12).flatMap((slot, i) => {
    const alternatives = valuesOf(slot, focus.tool, state, false);
    return alternatives.length > 0 ? [{ slot, rule: { name: `change${i}`, alternatives } }] : [];
  });
  if (changes.length === 0) return { say: [], rules: [] };
  const spoken = (of: typeof changes): string[] => of.map(({ slot, rule }) => `${changeLead(slot)} <${rule.name}>`);
  // A bare number after a no or a yes is what noise most easily becomes: a number wants its "make it".
  const plain = spoken(changes.filter(({ slot }) => slot.kind.type !== 'number'));
  return {
    say: [
      '[yes but | no | no but | actually] (make it | change it to | i want | i would like) <changes> [please]',
      ...(plain.length > 0 ? ['(yes but | no | no but | actually) <plain-changes> [please]'] : []),
    ],
    rules: [
      { name: 'changes', alternatives: spoken(changes) },
      ...(plain.length > 0 ? [{ name: 'plain-changes', alternatives: plain }] : []),
      ...changes.map(({ rule }) => rule),
    ],
  };
}

function changeLead(slot: Slot): string {
  if (isTimes(slot) || slot.kind.type === 'time') return '[at]';
  return slot.kind.type === 'text' ? '[for]' : '';
}

/** What an answer may begin with; no more than that, since each small word can be taken for another. */
const leads = {
  choice: "it is | it's | the | i would like | i'd like",
  number: 'for | make it | it is | i would like',
  boolean: 'well',
  date: 'for | it is',
  time: 'at | for | it is',
  'date-time': 'for | it is',
  code: "it is | it's | number | the number is",
  text: "my name is | the name is | it is | it is for | it's for | for | under",
};

/** How the values of a slot are said; none when they cannot be known. Asked for, more is expected than in passing. */
function valuesOf(slot: Slot, tool: KnownTool, state: DialogueState, isAsked: boolean): string[] {
  const known = (): string[] =>
    knownValues(slot, tool, state.earlier)
      .flatMap(spokenForms)
      .filter((form) => form.length < 200);
  switch (slot.kind.type) {
    case 'choice':
      return [...new Set(slot.kind.choices.slice(0, mostChoices).flatMap((choice) => choiceForms(choice.words)))];
    case 'number': {
      const { max } = slot.kind;
      return [isAsked ? '<number>' : max !== null && max <= 20 ? '<number-20>' : '<number-99>'];
    }
    case 'boolean':
      return isAsked ? ['<yes>', '<no>'] : [];
    case 'date':
      return ['<day>'];
    case 'time':
      return ['<clock>'];
    case 'date-time':
      return ['<day> [at] <clock>', ...(isAsked ? ['[at] <clock> <day>'] : [])];
    case 'code':
      return [...new Set([...known(), ...(isAsked ? ['<code>'] : [codeShape(slot.kind)])])];
    case 'text':
      if (slot.kind.isName) return [...new Set(['<name>', ...known(), ...(isAsked ? ['<spelled>'] : [])])];
      return [...new Set([...known(), ...slot.kind.examples.flatMap(spokenForms), ...(isAsked ? ['<spelled>'] : [])])];
  }
}

/** In passing only the shape that the server names: a letter or digit too many is one more thing that noise can be. */
function codeShape({ pattern, example }: { pattern: string | null; example: string | null }): string {
  const prefix = (/^\^?([A-Za-z]{1,3})-?(?:\\d|\[0-9)/.exec(pattern ?? '') ??
    /^([A-Za-z]{1,3})-?\d/.exec(example ?? ''))?.[1];
  return prefix ? `[${[...prefix.toLowerCase()].join(' ')} [dash]] <digits>` : '<digits>';
}

function isTimes(slot: Slot): boolean {
  return slot.kind.type === 'choice' && slot.kind.choices.every((choice) => /^\d{1,2}:\d{2}$/.test(choice.words));
}

/** A choice, also in the plural; a time of day also without morning or evening. */
function choiceForms(words: string): string[] {
  if (/^\d{1,2}:\d{2}$/.test(words)) {
    const [form = ''] = spokenForms(words);
    const bare = form.replace(/ [ap] m$/, '');
    return [form, bare, `${bare} o'clock`];
  }
  return spokenForms(words).flatMap((form) =>
    /[a-rt-z]$/.test(form) && !/\b(?:and|or)$/.test(form) && identifierWords(words).length > 2
      ? [form, `${form}s`]
      : [form],
  );
}
