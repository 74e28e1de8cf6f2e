/** One of the values that a parameter may take, and how it is said. */
export type Choice = { value: string | number | boolean; words: string };

export type SlotKind =
  | { type: 'choice'; choices: Choice[] }
  | { type: 'number'; whole: boolean; min: number | null; max: number | null }
  | { type: 'boolean' }
  | { type: 'date'; pattern: string | null }
  | { type: 'time'; pattern: string | null; full: boolean }
  | { type: 'date-time'; pattern: string | null }
  /** Letters and digits, such as an order number or a phone number. */
  | { type: 'code'; pattern: string | null; example: string | null; digitsOnly: boolean }
  | { type: 'text'; isName: boolean; examples: string[] };

/** One value that a tool wants: a parameter, or a field inside of one. */
export type Slot = {
  /** Where the value goes; a number is a place in a list. */
  path: (string | number)[];
  /** What it is called: `pickup name`. */
  label: string;
  /** The label and what its server says about it. */
  about: string;
  required: boolean;
  kind: SlotKind;
  /** The value goes into a list; several may be said at once. */
  many: boolean;
};

/** A list of objects, asked row by row. */
export type Rows = { path: (string | number)[]; label: string; required: boolean; slots: Slot[] };

/** What a tool wants to know. */
export type ToolForm = {
  slots: Slot[];
  rows: Rows[] /** Values that cannot be anything else. */;
  fixed: { path: Slot['path']; value: unknown }[];
};

export type SlotValue = string | number | boolean | (string | number | boolean)[];
/** Values by `slotKey`. */
export type SlotValues = ReadonlyMap<string, SlotValue>;

export function slotKey(path: Slot['path']): string {
  return path.join('.');
}
