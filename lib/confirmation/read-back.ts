import { type ConfirmationWords, confirmationWords } from '#src/lib/confirmation/words.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import { slotsNow } from '#src/lib/rehearsal/open-slots.ts';
import { capital, isQuantity, toolWords } from '#src/lib/rehearsal/questions.ts';
import { listed, saySlotValue, sayValue } from '#src/lib/rehearsal/say-value.ts';
import { type Slot, type SlotValue, type SlotValues, slotKey, type ToolForm } from '#src/lib/rehearsal/slot.ts';
import { toolForm } from '#src/lib/rehearsal/tool-form.ts';
import { identifierWords } from '#src/lib/rehearsal/words.ts';

/**
 * What a write is about to do, in plain words made from its arguments alone: `Place an order: 2 margherita and pickup name Mara.`
 * Each argument that was given is in it, whatever the model said before.
 */
export function readBack(
  definition: ToolDefinition,
  args: Record<string, unknown>,
  words: Pick<ConfirmationWords, 'and'> = confirmationWords.en,
): string {
  const form = toolForm(definition.inputSchema);
  const values = valuesOf(form, args);
  const slots = slotsNow(form, values).filter((slot) => values.has(slotKey(slot.path)) && !slot.path.includes('#more'));
  const parts = [...sayTogether(slots, values), ...others(form, slots, args)];
  const said = parts.length > 0 ? `: ${listed(parts).replace(/ and (?=[^,]*$)/, ` ${words.and} `)}` : '';
  return `${capital(toolWords({ definition }))}${said}.`;
}

/** The arguments as the values of a form: the way back of `argumentsOf`. */
function valuesOf(form: ToolForm, args: Record<string, unknown>): SlotValues {
  const values = new Map<string, SlotValue>();
  const take = (path: Slot['path']) => {
    const value = at(args, path);
    if (isSlotValue(value)) values.set(slotKey(path), value);
  };
  for (const slot of form.slots) take(slot.path);
  for (const rows of form.rows) {
    const list = at(args, rows.path);
    const count = Array.isArray(list) ? list.length : 0;
    for (let row = 0; row < count; row++) {
      for (const slot of rows.slots) take([...rows.path, row, ...slot.path]);
      values.set(slotKey([...rows.path, '#more', row]), row < count - 1);
    }
  }
  return values;
}

/** What one thing is and how many of it are said as one: `2 margherita`. */
function sayTogether(slots: readonly Slot[], values: SlotValues): string[] {
  const counts = slots.filter(isQuantity);
  const things = slots.filter((slot) => slot.kind.type === 'choice' && !isMoment(slot));
  const pairs = counts.length === things.length && things.length > 0;
  return slots.flatMap((slot) => {
    const value = values.get(slotKey(slot.path));
    if (value === undefined || (pairs && counts.includes(slot))) return [];
    const said = saySlotValue(slot, value);
    const count = pairs ? counts[things.indexOf(slot)] : undefined;
    if (count && things.includes(slot)) return [`${values.get(slotKey(count.path)) ?? ''} ${said}`.trim()];
    return [withLabel(slot, said)];
  });
}

/** What the form has no place for is told all the same, by its name. */
function others(form: ToolForm, told: readonly Slot[], args: Record<string, unknown>): string[] {
  const known = new Set(told.map((slot) => slotKey(slot.path)));
  const isSetByRule = (key: string, value: unknown) =>
    form.fixed.some((fixed) => slotKey(fixed.path) === key && fixed.value === value);
  return leaves(args, []).flatMap(({ path, value }) => {
    const key = slotKey(path);
    if (known.has(key) || isSetByRule(key, value)) return [];
    const name = [...path].reverse().find((step) => typeof step === 'string') ?? '';
    return [`${identifierWords(String(name))} ${sayValue(value, String(name))}`];
  });
}

type Leaf = { path: Slot['path']; value: unknown };

function leaves(value: unknown, path: Slot['path']): Leaf[] {
  if (Array.isArray(value) && value.some((one) => typeof one === 'object' && one !== null))
    return value.flatMap((one, i) => leaves(one, [...path, i]));
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.entries(value).flatMap(([name, one]) => leaves(one, [...path, name]));
  return value === undefined || value === null || value === '' ? [] : [{ path, value }];
}

function at(value: unknown, path: Slot['path']): unknown {
  return path.reduce<unknown>(
    (place, step) =>
      typeof place === 'object' && place !== null && Object.hasOwn(place, step) ? Reflect.get(place, step) : undefined,
    value,
  );
}

function isSlotValue(value: unknown): value is SlotValue {
  if (Array.isArray(value)) return value.length > 0 && value.every((one) => isPlain(one));
  return isPlain(value) && value !== '';
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
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
