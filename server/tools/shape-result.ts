import { cutText } from '#src/server/tools/cut-text.ts';
import { saysAll } from '#src/server/tools/says-all.ts';
import type { ToolResult } from '#src/server/tools/tool-outcome.ts';

/** What the model is given of a result is no longer than this. */
export const mostAnswerCharacters = 16_000;

/**
 * Last step: one text of whatever kinds of content a server answered with; nothing is dropped without saying so (X4). Where the server gave
 * structured content as well, the shorter one counts: its text only if that says all that the structure does.
 */
export function shapeResult(result: ToolResult): string {
  return cutText(resultText(result) || 'The tool answered with nothing.', mostAnswerCharacters);
}

/** All of the text, before anything is cut off. */
export function resultText(result: ToolResult): string {
  const { text, json } = bothTexts(result);
  if (json === null) return text;
  return text !== '' && text.length < json.length && saysAll(text, result.structuredContent) ? text : json;
}

/** Characters as the server gave them: where it said the same twice, the longer one. */
export function rawLength(result: ToolResult): number {
  const { text, json } = bothTexts(result);
  return Math.max(text.length, json?.length ?? 0);
}

function bothTexts({ content, structuredContent }: ToolResult): { text: string; json: string | null } {
  const text = content.map(textOf).filter(Boolean).join('\n');
  if (structuredContent === undefined) return { text, json: null };
  // A picture beside the structure is no part of it.
  const others = content.filter((block) => !isText(block)).map(textOf);
  return { text, json: [JSON.stringify(structuredContent), ...others.filter(Boolean)].join('\n') };
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

function isText(block: unknown): boolean {
  return typeof block === 'object' && block !== null && fields(block).type === 'text';
}

function fields(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value));
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
