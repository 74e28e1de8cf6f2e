import { readBackIn } from '#src/lib/confirmation/waiting-answer.ts';
import type { DialogueSetup, DialogueState, Focus } from '#src/lib/rehearsal/dialogue-state.ts';
import { freshState } from '#src/lib/rehearsal/dialogue-state.ts';
import { learn } from '#src/lib/rehearsal/earlier-values.ts';
import { hearCaller } from '#src/lib/rehearsal/hear-caller.ts';
import type { Decision, HistoryItem } from '#src/lib/rehearsal/history.ts';
import { slotsNow } from '#src/lib/rehearsal/open-slots.ts';
import { isFailure, readResult } from '#src/lib/rehearsal/read-result.ts';
import { slotKey } from '#src/lib/rehearsal/slot.ts';

/** What the assistant does next, from nothing but what happened so far. The same history gives the same answer. */
export function decide(setup: DialogueSetup, history: readonly HistoryItem[]): Decision {
  const state = dialogueState(setup, history);
  return state.due ?? { type: 'say', text: state.lastSaid ?? setup.greeting };
}

/** Where a conversation stands: the history is gone through from its beginning, nothing is remembered elsewhere. */
export function dialogueState(setup: DialogueSetup, history: readonly HistoryItem[]): DialogueState {
  return history.reduce((state, item) => next(setup, state, item), freshState);
}

function next(setup: DialogueSetup, state: DialogueState, item: HistoryItem): DialogueState {
  switch (item.type) {
    case 'caller':
      return hearCaller(setup, state, item.text);
    case 'agent':
      return { ...state, due: null };
    case 'tool-call':
      return { ...state, due: null };
    case 'tool-result':
      return takeResult(setup, state, item.text);
  }
}

function takeResult(setup: DialogueSetup, state: DialogueState, text: string): DialogueState {
  const { focus } = state;
  const waiting = readBackIn(text);
  if (waiting?.say) return { ...state, focus: null, lastSaid: waiting.say, due: { type: 'say', text: waiting.say } };
  // The caller is not asked anything meanwhile.
  if (waiting?.waitsForOperator) return { ...state, focus: null, due: null };
  // It is read back to the caller, and done on a yes; neither is decided here.
  if (focus && waiting)
    return { ...state, focus: { ...focus, stage: 'confirming', asked: null, readBack: waiting.readBack }, due: null };
  const said = readResult(text, {
    effect: focus?.tool.effect ?? 'read',
    arguments: Object.fromEntries([...(focus?.values ?? [])]),
    phrases: focus ? spokenPhrases(focus) : new Map(),
    safeSentence: setup.safeSentence,
  });
  return {
    ...state,
    focus: null,
    last: focus ?? state.last,
    earlier: isFailure(text) ? state.earlier : learn(state.earlier, text),
    lastSaid: said,
    due: { type: 'say', text: said },
  };
}

/** Values to the words with which the caller named them. */
function spokenPhrases({ tool, values, phrases }: Focus): Map<string, string> {
  return new Map(
    slotsNow(tool.form, values).flatMap((slot) => {
      const phrase = phrases.get(slotKey(slot.path));
      const value = values.get(slotKey(slot.path));
      return phrase && typeof value === 'string' ? [[value.toLowerCase(), phrase] as const] : [];
    }),
  );
}
