import { isRecord } from '#src/lib/json-schema/is-record.ts';

/**
 * What the given fields leave of a JSON value. A field is a path of names with dots; `[]` goes into each entry of a list:
 * `items[].name`. What no field names is gone.
 */
export function pickFields(value: unknown, fields: readonly string[]): unknown {
  return pick(value, fields.map(segments)) ?? {};
}

type Path = readonly string[];

const eachEntry = '[]';

function segments(field: string): Path {
  return field
    .replaceAll(eachEntry, `.${eachEntry}`)
    .split('.')
    .filter((name) => name !== '');
}

function pick(value: unknown, paths: readonly Path[]): unknown {
  if (paths.some((path) => path.length === 0)) return value;
  if (Array.isArray(value)) {
    const inner = below(paths, eachEntry);
    return inner.length === 0 ? undefined : value.map((entry) => pick(entry, inner)).filter(isThere);
  }
  if (!isRecord(value)) return undefined;
  const names = [...new Set(paths.map(([name]) => name))].filter(isThere).filter((name) => Object.hasOwn(value, name));
  const picked = names.map((name): [string, unknown] => [name, pick(value[name], below(paths, name))]);
  const kept = picked.filter(([, inner]) => isThere(inner));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function below(paths: readonly Path[], name: string): Path[] {
  return paths.filter(([first]) => first === name).map(([, ...rest]) => rest);
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}
