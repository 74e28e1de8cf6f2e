/** A caller waits: a larger structure is not looked through, and counts as not said. */
const mostValues = 100;
const mostChars = 8_000;

/** Does a text say each value of a structure, and the name that it stands under? */
export function saysAll(text: string, structure: unknown): boolean {
  if (text.length > mostChars) return false;
  const lower = text.toLowerCase();
  const numbers = new Set(text.match(/-?\d+(?:\.\d+)?/g));
  let seen = 0;
  const said = (value: unknown, name: string): boolean => {
    if (value !== null && typeof value === 'object')
      return Array.isArray(value)
        ? value.every((one) => said(one, name))
        : Object.entries(value).every(([inner, one]) => said(one, inner));
    seen += 1;
    if (seen > mostValues || !lower.includes(name.toLowerCase())) return false;
    if (typeof value === 'number') return numbers.has(String(value));
    return lower.includes(String(value).toLowerCase());
  };
  return said(structure, '');
}
