import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import { storableJson } from '#src/server/mcp/storable-json.ts';
import { tooDeep } from '#src/server/mcp/too-deep.ts';

const mostDepth = 64;
const mostCharacters = 512 * 1024;

/**
 * A definition as the database can hold it. Null for one that is too large or too deep to be kept, judged or shown (512 KB,
 * 64 levels).
 */
export function storableDefinition<T extends ToolDefinition>(definition: T): T | null {
  if (tooDeep(definition, mostDepth) || JSON.stringify(definition).length > mostCharacters) return null;
  return storableJson(definition);
}
