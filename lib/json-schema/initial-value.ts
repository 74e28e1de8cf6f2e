import type { FormField } from '#src/lib/json-schema/form-field.ts';

/** The value a form begins with: defaults where the schema has them, empty objects where fields are required, else nothing. */
export function initialValue(field: FormField): unknown {
  if (field.initial !== undefined) return field.initial;
  if (field.kind === 'object') {
    const entries = field.fields
      .map(({ name, required, field: inner }): [string, unknown] => [
        name,
        required || inner.initial !== undefined ? initialValue(inner) : undefined,
      ])
      .filter(([, value]) => value !== undefined);
    return Object.fromEntries(entries);
  }
  if (field.kind === 'choice' && field.options.length === 1) return field.options[0]?.value;
  return undefined;
}

/** Required fields that have no value yet, as paths such as `customer.name`. */
export function missingFields(field: FormField, value: unknown, path = ''): string[] {
  if (field.kind !== 'object') return [];
  const given: Record<string, unknown> =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  return field.fields.flatMap(({ name, required, field: inner }) => {
    const at = path === '' ? name : `${path}.${name}`;
    const one = Object.hasOwn(given, name) ? given[name] : undefined;
    if (one === undefined) return required ? [at] : [];
    return missingFields(inner, one, at);
  });
}
