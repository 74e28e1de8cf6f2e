import { listed, saySlotValue } from '#src/lib/rehearsal/say-value.ts';
import type { Slot } from '#src/lib/rehearsal/slot.ts';
import type { KnownTool } from '#src/lib/rehearsal/tool-match.ts';
import { identifierWords } from '#src/lib/rehearsal/words.ts';

/** What a tool does, as one would ask for it: `place an order`. */
export function toolWords(tool: Pick<KnownTool, 'definition'>): string {
  const { name, title, annotations } = tool.definition;
  const words = (title || annotations?.title || identifierWords(name)).trim();
  return /^[A-Z]{2}/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);
}

/** Asks for the value of a slot. */
export function askFor(slot: Slot): string {
  const own = /^(?:how many|how much|which)\b[^.?!]{3,60}/i.exec(slot.about.split('. ').slice(1).join('. '))?.[0];
  if (slot.path.includes('#more')) return 'Is there another one?';
  switch (slot.kind.type) {
    case 'choice':
      return `${own ?? `Which ${slot.label}`}? ${choicesAloud(slot.kind.choices.map((choice) => saySlotValue(slot, choice.value)))}`;
    case 'number':
      if (own) return `${own}?`;
      if (isQuantity(slot)) return 'How many?';
      return /s$|people/.test(slot.label) ? `How many ${slot.label}?` : `What is the ${slot.label}?`;
    case 'boolean':
      return `${capital(slot.label)}: yes or no?`;
    case 'date':
      return own
        ? `${own}?`
        : slot.label === 'date' || slot.label === 'day'
          ? 'For which day?'
          : `What is the ${slot.label}? Say a day, such as tomorrow.`;
    case 'time':
      return own ? `${own}?` : slot.label === 'time' ? 'At what time?' : `What is the ${slot.label}?`;
    case 'date-time':
      return slot.label === 'when' ? 'When? Say a day and a time.' : `What is the ${slot.label}? Say a day and a time.`;
    case 'code':
      return `${own ?? `What is the ${slot.label}`}? You can spell it.`;
    case 'text':
      return slot.kind.isName
        ? `${own ?? `What is the ${slot.label}`}? You can spell it, or type it.`
        : `${own ?? `What is the ${slot.label}`}? Please type it.`;
  }
}

/** How many there are of something. */
export function isQuantity(slot: Slot): boolean {
  return (
    slot.kind.type === 'number' &&
    /(?:^| )(?:quantity|qty|count|amount|how many|number of \w+|number|pieces|units)$/.test(slot.label)
  );
}

function choicesAloud(choices: readonly string[]): string {
  if (choices.length <= 4)
    return `${listed(choices).replace(/ and (?=[^,]*$)/, ' or ')}?`.replace(/^./, (first) => first.toUpperCase());
  return `For example ${choices
    .slice(0, 3)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ')}.`;
}

/** The same with a capital first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
