import { cutText } from '#src/server/tools/cut-text.ts';
import type { ToolResult } from '#src/server/tools/tool-outcome.ts';

/** What the model is given of a result is no longer than this. */
export const mostAnswerCharacters = 16_000;

/**
 * Last step: one text of whatever kinds of content a server answered with. Structured content comes first, as the
 * server's own exact word; nothing is dropped without saying so (X4).
 */
export function shapeResult(result: ToolResult): string {
  return cutText(resultText(result) || 'The tool answered with nothing.', mostAnswerCharacters);
}

/** All of the text, before anything is cut off. */
export function resultText(result: ToolResult): string {
  return result.structuredContent === undefined
    ? result.content.map(textOf).filter(Boolean).join('\n')
    : JSON.stringify(result.structuredContent);
}

function textOf(block: unknown): string {
  if (typeof block !== 'object' || block === null) return '';
  const { type, text, mimeType, uri, name, resource } = fields(block);
  if (type === 'text') return string(text);
  if (type === 'image') return `[an image, ${string(mimeType) || 'of unknown kind'}]`;
  if (type === 'audio') return `[audio, ${string(mimeType) || 'of unknown kind'}]`;
  if (type === 'resource_link') return `[a link: ${string(name) || string(uri)}]`;
  if (type === 'resource' && typeof resource === 'object' && resource !== null) {
    const inner = fields(resource);
    return string(inner.text) || `[a resource: ${string(inner.uri)}, ${string(inner.mimeType) || 'of unknown kind'}]`;
  }
  return `[content of kind ${string(type) || 'unknown'}]`;
}

function fields(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value));
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
