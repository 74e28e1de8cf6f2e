import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import { storableJson } from '#src/server/mcp/storable-json.ts';

const mostDepth = 64;
const mostCharacters = 512 * 1024;

/**
 * A definition as the database can hold it. Null for one that is too large or too deep to be kept, judged or shown (512 KB,
 * 64 levels).
 */
export function storableDefinition<T extends ToolDefinition>(definition: T): T | null {
  if (tooDeep(definition) || JSON.stringify(definition).length > mostCharacters) return null;
  return storableJson(definition);
}

/** Without recursion: depth is what it guards against. */
function tooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostDepth) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}
