/** `${NAME}`, `${env:NAME}`, `${input:name}`, and `${NAME:-what holds without it}`. */
const placeholder = /\$\{(?:env:|input:)?([A-Za-z_][A-Za-z0-9_.-]*?)(?::-([^}]*))?\}/g;

export type Values = Readonly<Record<string, string>>;

/** Puts given values in the place of placeholders; names without a value are told to `missing`. Nothing is read from any environment. */
export function filled(text: string, values: Values, missing: (name: string) => void): string {
  return text.replace(placeholder, (whole, name: string, otherwise: string | undefined) => {
    if (Object.hasOwn(values, name)) return values[name] ?? '';
    if (otherwise !== undefined) return otherwise;
    missing(name);
    return whole;
  });
}

/** The names of all placeholders in a text, for a program that has values for them. */
export function placeholderNames(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].flatMap(([, name]) => (name === undefined ? [] : [name])))];
}
