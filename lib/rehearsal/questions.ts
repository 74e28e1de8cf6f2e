import { slotsNow } from '#src/lib/rehearsal/open-slots.ts';
import { listed, saySlotValue } from '#src/lib/rehearsal/say-value.ts';
import { type Slot, type SlotValues, slotKey } from '#src/lib/rehearsal/slot.ts';
import type { KnownTool } from '#src/lib/rehearsal/tool-match.ts';
import { identifierWords } from '#src/lib/rehearsal/words.ts';

/** What a tool does, as one would ask for it: `place an order`. */
export function toolWords(tool: KnownTool): string {
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

/** What is about to be done, in plain words, before a yes is asked for: `Place an order: 2 margherita, pickup name Mara`. */
export function readBack(
  tool: KnownTool,
  values: SlotValues,
  phrases: ReadonlyMap<string, string> = new Map(),
): string {
  const slots = slotsNow(tool.form, values).filter(
    (slot) => values.has(slotKey(slot.path)) && !slot.path.includes('#more'),
  );
  const quantity = slots.filter(isQuantity);
  const things = slots.filter((slot) => slot.kind.type === 'choice' && !isMoment(slot));
  const pairs = quantity.length === things.length && things.length > 0;
  const parts = slots.flatMap((slot) => {
    const value = values.get(slotKey(slot.path));
    if (value === undefined || (pairs && quantity.includes(slot))) return [];
    const said = saySlotValue(slot, value);
    const count = pairs ? quantity[things.indexOf(slot)] : undefined;
    if (count && things.includes(slot)) {
      const number = values.get(slotKey(count.path));
      const called = phrases.get(slotKey(slot.path)) ?? said;
      return [`${number ?? ''} ${number !== 1 && called.startsWith(said) ? called : said}`.trim()];
    }
    return [withLabel(slot, said)];
  });
  return `${capital(toolWords(tool))}${parts.length > 0 ? `: ${listed(parts)}` : ''}.`;
}

/** How many there are of something. */
export function isQuantity(slot: Slot): boolean {
  return (
    slot.kind.type === 'number' &&
    /(?:^| )(?:quantity|qty|count|amount|how many|number of \w+|number|pieces|units)$/.test(slot.label)
  );
}

function isMoment(slot: Slot): boolean {
  return slot.kind.type === 'choice' && slot.kind.choices.every((choice) => /^\d{1,2}:\d{2}$/.test(choice.words));
}

function withLabel(slot: Slot, said: string): string {
  if (isMoment(slot) || slot.kind.type === 'time')
    return slot.label === 'time' ? `at ${said}` : `${slot.label} ${said}`;
  if (slot.kind.type === 'choice' || slot.kind.type === 'date-time') return said;
  if (slot.kind.type === 'date') return /^(?:date|day)$/.test(slot.label) ? said : `${slot.label} ${said}`;
  if (slot.kind.type === 'number' && /people|s$/.test(slot.label)) return `${said} ${slot.label}`;
  return `${slot.label} ${said}`;
}

function choicesAloud(choices: readonly string[]): string {
  if (choices.length <= 4)
    return `${listed(choices).replace(/ and (?=[^,]*$)/, ' or ')}?`.replace(/^./, (first) => first.toUpperCase());
  return `For example ${choices
    .slice(0, 3)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ')}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
