import { type Slot, type SlotValues, slotKey, type ToolForm } from '#src/lib/rehearsal/slot.ts';

const mostRows = 10;

/**
 * All slots of a form as it stands: a list of objects has the slots of each row begun, and after each full row the
 * question whether there is another.
 */
export function slotsNow(form: ToolForm, values: SlotValues): Slot[] {
  const rowSlots = form.rows.flatMap((rows) => {
    const slots: Slot[] = [];
    for (let row = 0; row < mostRows; row++) {
      slots.push(
        ...rows.slots.map((slot) => ({
          ...slot,
          path: [...rows.path, row, ...slot.path],
          required: rows.required && slot.required,
        })),
      );
      const more = [...rows.path, '#more', row];
      const whole = rows.slots.every(
        (slot) => !slot.required || values.has(slotKey([...rows.path, row, ...slot.path])),
      );
      if (!whole || row === mostRows - 1) break;
      slots.push({
        path: more,
        label: `another of ${rows.label}`,
        about: '',
        required: true,
        many: false,
        kind: { type: 'boolean' },
      });
      if (values.get(slotKey(more)) !== true) break;
    }
    return slots;
  });
  return [...form.slots, ...rowSlots];
}

/** The first required slot without a value, in the order of the schema. */
export function nextSlot(form: ToolForm, values: SlotValues): Slot | null {
  return slotsNow(form, values).find((slot) => slot.required && !values.has(slotKey(slot.path))) ?? null;
}

/** The arguments of the tool call: values put back where the schema wants them. */
export function argumentsOf(form: ToolForm, values: SlotValues): Record<string, unknown> {
  let root: unknown = {};
  for (const { path, value } of form.fixed) root = put(root, path, value);
  for (const slot of slotsNow(form, values)) {
    const value = values.get(slotKey(slot.path));
    if (value !== undefined && !slot.path.includes('#more')) root = put(root, slot.path, value);
  }
  return objectOf(root);
}

function put(place: unknown, [step, ...rest]: Slot['path'], value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list: unknown[] = Array.isArray(place) ? [...place] : [];
    list[step] = put(list[step], rest, value);
    return list;
  }
  const fields = objectOf(place);
  return { ...fields, [step]: put(fields[step], rest, value) };
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
