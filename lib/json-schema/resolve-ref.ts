import { isRecord } from '#src/lib/json-schema/is-record.ts';
import type { JsonSchema } from '#src/lib/mcp/tool-definition.ts';

/**
 * What a `$ref` names within its own document (a JSON pointer, RFC 6901, after `#`). Null when it is not there; addresses
 * of other documents are never fetched.
 */
export function resolveRef(root: JsonSchema, ref: string): JsonSchema | null {
  if (ref === '#') return root;
  if (!ref.startsWith('#/')) return null;
  let at: unknown = root;
  for (const part of ref.slice(2).split('/')) {
    const key = pointerPart(part);
    if (Array.isArray(at)) at = at[Number(key)];
    else if (isRecord(at) && Object.hasOwn(at, key)) at = at[key];
    else return null;
  }
  return isRecord(at) ? at : null;
}

function pointerPart(part: string): string {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return part;
  }
}
