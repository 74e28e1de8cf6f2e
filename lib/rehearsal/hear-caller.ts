import type { DialogueSetup, DialogueState, Focus } from '#src/lib/rehearsal/dialogue-state.ts';
import { impliedCode, knownValues } from '#src/lib/rehearsal/earlier-values.ts';
import { type FoundValues, findValues } from '#src/lib/rehearsal/find-values.ts';
import type { Decision } from '#src/lib/rehearsal/history.ts';
import { argumentsOf, nextSlot, slotsNow } from '#src/lib/rehearsal/open-slots.ts';
import { askFor, toolWords } from '#src/lib/rehearsal/questions.ts';
import { listed } from '#src/lib/rehearsal/say-value.ts';
import { type Slot, type SlotValue, slotKey } from '#src/lib/rehearsal/slot.ts';
import { smallTalk } from '#src/lib/rehearsal/small-talk.ts';
import { isToolWord, type KnownTool, matchTools } from '#src/lib/rehearsal/tool-match.ts';
import { type Word, wordsOf } from '#src/lib/rehearsal/words.ts';
import { isPlainYes, isYes } from '#src/lib/rehearsal/yes-no.ts';

/** What a caller's words change, and what is due because of them. */
export function hearCaller(setup: DialogueSetup, state: DialogueState, text: string): DialogueState {
  const words = wordsOf(text);
  const focus = state.focus && reopened(state.focus);
  if (!focus) return hearIdle(setup, { ...state, focus: null }, words);
  return focus.stage === 'confirming'
    ? hearConfirming(setup, state, focus, words)
    : hearAnswer(setup, state, focus, text);
}

/** A tool call that left no result in the history was broken off. A read is asked for anew; a write waits for what the caller says. */
function reopened(focus: Focus): Focus | null {
  if (focus.stage !== 'calling') return focus;
  return focus.tool.effect === 'write' ? { ...focus, stage: 'confirming' } : null;
}

function hearIdle(setup: DialogueSetup, state: DialogueState, words: readonly Word[]): DialogueState {
  const talk = smallTalk(words);
  if (talk === 'goodbye') return say({ ...state, over: true }, 'Goodbye.');
  if (talk === 'help') return say(state, whatICanDo(setup));
  if (talk === 'repeat') return say(state, state.lastSaid ?? setup.greeting, false);
  if (talk === 'cancel') return say(state, 'There is nothing to cancel. What else can I do?');
  const [best, second] = matchTools(setup.toolbox, words, setup.now);
  if (
    best &&
    second &&
    best.score - second.score < 0.03 &&
    best.tool.effect === 'write' &&
    second.tool.effect === 'write'
  ) {
    return say(state, `Do you want to ${toolWords(best.tool)}, or to ${toolWords(second.tool)}?`);
  }
  if (best) return begin(setup, state, best.tool, words);
  const again = followUp(setup, state, words);
  if (again) return again;
  if (talk === 'greeting') return say(state, 'Hello. What can I do for you?');
  if (talk === 'thanks') return say(state, 'You are welcome. Is there anything else?');
  const yes = isYes(words.map((word) => word.text));
  if (yes === true) return say(state, 'Good. What can I do for you?');
  if (yes === false) return say(state, 'All right. Is there anything else?');
  return say(state, `Sorry, I cannot help with that. ${whatICanDo(setup)}`);
}

/** `and the lasagna?`: the tool that only read last is asked again with something else. */
function followUp(setup: DialogueSetup, state: DialogueState, words: readonly Word[]): DialogueState | null {
  if (state.last?.tool.effect !== 'read' || words.length > 6) return null;
  const focus = { ...state.last, asked: null, misses: 0 };
  const found = look(setup, state, focus, words, false);
  return found.values.size > 0 ? proceed(state, withValues(focus, found)) : null;
}

function begin(setup: DialogueSetup, state: DialogueState, tool: KnownTool, words: readonly Word[]): DialogueState {
  const empty: Focus = {
    tool,
    values: new Map(),
    phrases: new Map(),
    stage: 'asking',
    asked: null,
    readBack: null,
    misses: 0,
  };
  const focus = withValues(empty, look(setup, state, empty, words, true));
  const values = new Map(focus.values);
  for (const slot of slotsNow(tool.form, values)) {
    const implied = slot.required && !values.has(slotKey(slot.path)) ? impliedCode(slot, state.earlier) : null;
    if (implied !== null) values.set(slotKey(slot.path), implied);
  }
  return proceed(state, { ...focus, values });
}

function hearConfirming(
  setup: DialogueSetup,
  state: DialogueState,
  focus: Focus,
  words: readonly Word[],
): DialogueState {
  const talk = smallTalk(words);
  const texts = words.map((word) => word.text);
  const [other] = matchTools(setup.toolbox, words, setup.now);
  if (other && other.tool !== focus.tool && other.score > 0.9 && words.length > 2 && isYes(texts) === null)
    return begin(setup, { ...state, focus: null }, other.tool, words);
  const found = lookForChange(setup, state, focus, words);
  if (found && changes(focus, found)) return proceed(state, withValues({ ...focus, misses: 0 }, found));
  if (talk === 'repeat') return call(state, focus);
  if (talk === 'goodbye')
    return say({ ...state, focus: null, over: true }, 'All right, I have not done that. Goodbye.');
  const yes = talk === 'cancel' ? false : isYes(texts);
  if (yes === false) return say({ ...state, focus: null }, 'All right, I will not do that. Is there anything else?');
  if (isPlainYes(texts)) return call(state, focus);
  if (other && other.tool !== focus.tool) return begin(setup, { ...state, focus: null }, other.tool, words);
  return call(state, focus);
}

function hearAnswer(setup: DialogueSetup, state: DialogueState, focus: Focus, text: string): DialogueState {
  const words = wordsOf(text);
  const asked = slotsNow(focus.tool.form, focus.values).find((slot) => slotKey(slot.path) === focus.asked);
  const isFreeText = asked?.kind.type === 'text';
  // A free text may hold any words; only a short answer is small talk.
  const talk = isFreeText && words.length > 2 ? null : smallTalk(words);
  if (talk === 'cancel') return say({ ...state, focus: null }, 'All right, I have dropped that. What else can I do?');
  if (talk === 'goodbye') return say({ ...state, focus: null, over: true }, 'Goodbye.');
  const [other] = matchTools(setup.toolbox, words, setup.now);
  const found = look(setup, state, focus, words, false);
  const answered = focus.asked !== null && found.values.has(focus.asked);
  const asksForOther =
    other !== undefined && other.tool !== focus.tool && other.score > (answered && !isFreeText ? 1.2 : 0.9);
  if (asksForOther && words.length > 2 && !(isFreeText && isWhole(asked, text)))
    return begin(setup, { ...state, focus: null }, other.tool, words);
  if (talk === 'repeat' && asked) return ask(state, focus, asked, '');
  if (talk === 'help' && asked)
    return ask(state, focus, asked, `I want to ${toolWords(focus.tool)}. You can also say cancel.`);
  if (asked && isWhole(asked, text)) found.values.set(slotKey(asked.path), text.trim());
  if (found.values.size > 0) return proceed(state, withValues({ ...focus, misses: 0 }, found));
  if (other && other.tool !== focus.tool) return begin(setup, { ...state, focus: null }, other.tool, words);
  const slot = asked ?? nextSlot(focus.tool.form, focus.values);
  if (!slot) return proceed(state, focus);
  return ask(
    state,
    { ...focus, misses: focus.misses + 1 },
    slot,
    focus.misses === 0 ? 'Sorry, I did not get that.' : 'Sorry. You can also type it, or say cancel.',
  );
}

/** Asks for what is missing; then the tool is called. A write that needs a yes is read back by whoever runs it. */
function proceed(state: DialogueState, focus: Focus): DialogueState {
  const wrong = slotsNow(focus.tool.form, focus.values).find(
    (slot) => problemOf(slot, focus.values.get(slotKey(slot.path))) !== null,
  );
  if (wrong) {
    const values = new Map(focus.values);
    const problem = problemOf(wrong, values.get(slotKey(wrong.path))) ?? '';
    values.delete(slotKey(wrong.path));
    return ask(state, { ...focus, values }, wrong, problem);
  }
  const missing = nextSlot(focus.tool.form, focus.values);
  if (missing) return ask(state, focus, missing, '');
  return call(state, focus);
}

function problemOf(slot: Slot, value: SlotValue | undefined): string | null {
  if (slot.kind.type !== 'number' || typeof value !== 'number') return null;
  const { min, max } = slot.kind;
  if (min !== null && value < min) return `The ${slot.label} must be at least ${min}.`;
  if (max !== null && value > max) return `The ${slot.label} can be at most ${max}.`;
  return null;
}

function ask(state: DialogueState, focus: Focus, slot: Slot, before: string): DialogueState {
  const asking: Focus = { ...focus, stage: 'asking', asked: slotKey(slot.path), readBack: null };
  return say({ ...state, focus: asking }, [before, askFor(slot)].filter(Boolean).join(' '));
}

function call(state: DialogueState, focus: Focus): DialogueState {
  const due: Decision = {
    type: 'call-tool',
    tool: focus.tool.key,
    arguments: argumentsOf(focus.tool.form, focus.values),
  };
  return { ...state, focus: { ...focus, stage: 'calling', asked: null }, due };
}

function say(state: DialogueState, text: string, isNew = true): DialogueState {
  return { ...state, lastSaid: isNew ? text : state.lastSaid, due: { type: 'say', text } };
}

function look(
  setup: DialogueSetup,
  state: DialogueState,
  focus: Focus,
  words: readonly Word[],
  takeRest: boolean,
): FoundValues {
  return findValues(slotsNow(focus.tool.form, focus.values), words, {
    now: setup.now,
    asked: focus.asked,
    filled: new Set(focus.values.keys()),
    known: (slot) => knownValues(slot, focus.tool, state.earlier),
    isToolWord: (word) => isToolWord(focus.tool, word),
    takeRest,
  });
}

/** A correction is short: `make it eight` may mean any slot that takes an eight. */
function lookForChange(
  setup: DialogueSetup,
  state: DialogueState,
  focus: Focus,
  words: readonly Word[],
): FoundValues | null {
  const plain = look(setup, state, focus, words, false);
  if (plain.values.size > 0) return plain;
  for (const slot of slotsNow(focus.tool.form, focus.values)) {
    if (slot.kind.type === 'text' || slot.kind.type === 'boolean' || slot.kind.type === 'code') continue;
    const found = look(setup, state, { ...focus, asked: slotKey(slot.path) }, words, false);
    if (found.values.size > 0) return found;
  }
  return null;
}

function withValues(focus: Focus, found: FoundValues): Focus {
  return {
    ...focus,
    values: new Map([...focus.values, ...found.values]),
    phrases: new Map([...focus.phrases, ...found.phrases]),
  };
}

/** An answer with capitals, digits or signs was typed, not heard: for the text that was asked for it is taken as it is. */
function isWhole(asked: Slot | undefined, text: string): boolean {
  return asked?.kind.type === 'text' && !asked.kind.isName && /[^a-z' ]/.test(text.trim());
}

function changes(focus: Focus, found: FoundValues): boolean {
  return [...found.values].some(([key, value]) => JSON.stringify(focus.values.get(key)) !== JSON.stringify(value));
}

function whatICanDo({ toolbox }: DialogueSetup): string {
  const { tools } = toolbox;
  if (tools.length === 0) return 'I have no tools yet, so I can only talk.';
  const named = [...new Set(tools.map(toolWords))];
  return `I can ${listed(named.slice(0, 4), named.length).replace(/ and (\d+) more$/, ' and $1 more things')}. What would you like?`;
}
