import type { Sayable } from '#src/lib/calls/call.ts';
import { confirmationWords } from '#src/lib/confirmation/words.ts';
import type { DialogueSetup, DialogueState, Focus } from '#src/lib/rehearsal/dialogue-state.ts';
import { knownValues } from '#src/lib/rehearsal/earlier-values.ts';
import { slotsNow } from '#src/lib/rehearsal/open-slots.ts';
import { askFor } from '#src/lib/rehearsal/questions.ts';
import { saySlotValue } from '#src/lib/rehearsal/say-value.ts';
import { type Slot, slotKey } from '#src/lib/rehearsal/slot.ts';
import { exampleRequest } from '#src/lib/rehearsal/tool-phrases.ts';

const mostPhrases = 12;

/** What a caller can say now, at most twelve useful lines; each works as typed input too. */
export function sayable(setup: DialogueSetup, state: DialogueState): Sayable {
  const { focus } = state;
  if (!focus || focus.stage === 'calling') return { prompt: null, phrases: idlePhrases(setup) };
  if (focus.stage === 'confirming')
    return {
      prompt: `${focus.readBack ?? ''} ${confirmationWords.en.question}`.trim(),
      phrases: confirmPhrases(focus),
    };
  const asked = slotsNow(focus.tool.form, focus.values).find((slot) => slotKey(slot.path) === focus.asked);
  if (!asked) return { prompt: null, phrases: idlePhrases(setup) };
  return {
    prompt: askFor(asked),
    phrases: [
      ...new Set([...answersTo(asked, knownValues(asked, focus.tool, state.earlier)), 'repeat that', 'cancel']),
    ].slice(0, mostPhrases),
  };
}

/** Some answers that a slot takes. */
export function answersTo(slot: Slot, known: readonly string[]): string[] {
  switch (slot.kind.type) {
    case 'choice':
      return slot.kind.choices.slice(0, 8).map((choice) => saySlotValue(slot, choice.value));
    case 'number':
      return ['one', 'two', 'three', 'ten'];
    case 'boolean':
      return ['yes', 'no'];
    case 'date':
      return ['today', 'tomorrow', 'friday', 'the third of may'];
    case 'time':
      return ['at noon', 'at eight pm', 'half past seven'];
    case 'date-time':
      return ['tomorrow at eight pm', 'friday at noon'];
    case 'code':
      return [...known.slice(0, 3), ...(slot.kind.example && known.length === 0 ? [slot.kind.example] : [])];
    case 'text':
      return [...known, ...slot.kind.examples, ...(slot.kind.isName ? ['it is for maria'] : [])].slice(0, 6);
  }
}

function idlePhrases({ rehearsalPhrases, toolbox }: DialogueSetup): string[] {
  const uncovered = toolbox.tools.filter((tool) => tool.phrases.length === 0).map(exampleRequest);
  const own = rehearsalPhrases.slice(0, Math.max(6, mostPhrases - 2 - uncovered.length));
  return [
    ...new Set([...own, ...uncovered.slice(0, mostPhrases - 2 - own.length), 'what can you do', 'goodbye']),
  ].slice(0, mostPhrases);
}

function confirmPhrases(focus: Focus): string[] {
  const hasNumber = slotsNow(focus.tool.form, focus.values).some((slot) => slot.kind.type === 'number');
  return ['yes', 'no', ...(hasNumber ? ['yes but make it two'] : []), 'repeat that', 'cancel'];
}
