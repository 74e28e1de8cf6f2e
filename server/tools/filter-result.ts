import { isRecord } from '#src/lib/json-schema/is-record.ts';
import { type OutputFilter, readOutputFilter } from '#src/lib/mcp/output-filter.ts';
import { cutText } from '#src/server/tools/cut-text.ts';
import { pickFields } from '#src/server/tools/pick-fields.ts';
import { redactText } from '#src/server/tools/redact-text.ts';
import { resultText, shapeResult } from '#src/server/tools/shape-result.ts';
import type { FilterProblem, ToolResult } from '#src/server/tools/tool-outcome.ts';
import { withinTime } from '#src/server/tools/within-time.ts';

/** A caller waits for it, so it gets no more. */
const budgetMs = 20;

export type Filtered = { result: ToolResult; problem?: FilterProblem };

/**
 * Applies the operator's output filter before model, log and page see the result (X6). Never throws, and stops after 20 ms: a
 * result that should have been made less is then withheld, because it may hold what nobody is to see; the call goes on.
 */
export function filterResult(result: ToolResult, filterText: string | null): Filtered {
  if (filterText === null) return { result };
  let hides = true;
  try {
    const filter = readOutputFilter(filterText);
    hides = [filter.fields, filter.redact, filter.patterns].some((list) => list !== undefined && list.length > 0);
    const done = withinTime(budgetMs, () => applyFilter(result, filter));
    if (done) return { result: done.value };
    return { result: hides ? withheld(result) : result, problem: 'too-slow' };
  } catch {
    return { result: hides ? withheld(result) : result, problem: 'failed' };
  }
}

/** A text that is no result, such as a message of progress or of a failure, with the same taken out. */
export function filteredText(text: string, filterText: string | null): string {
  return shapeResult(filterResult({ content: [{ type: 'text', text }], isError: true }, filterText).result);
}

function withheld({ isError }: ToolResult): ToolResult {
  const text = isError
    ? 'The tool answered with an error. Its words are withheld.'
    : 'The tool did its work. Its answer is withheld, because its output filter could not be applied.';
  return { content: [{ type: 'text', text }], isError };
}

function applyFilter(result: ToolResult, filter: OutputFilter): ToolResult {
  const change = textChange(filter);
  const lean = change ? withTexts(picked(result, filter.fields), change) : picked(result, filter.fields);
  const { maxChars } = filter;
  const text = maxChars === undefined ? '' : resultText(lean);
  if (maxChars === undefined || text.length <= maxChars) return lean;
  // Half of a structure is none: what is left of it is text.
  return { content: [{ type: 'text', text: cutText(text, maxChars) }], isError: lean.isError };
}

function picked(result: ToolResult, fields: readonly string[] | undefined): ToolResult {
  if (!fields?.length || result.isError) return result;
  const content = result.content.map((block) =>
    isRecord(block) && typeof block.text === 'string' ? { ...block, text: pickedText(block.text, fields) } : block,
  );
  if (result.structuredContent === undefined) return { ...result, content };
  return { ...result, content, structuredContent: pickFields(result.structuredContent, fields) };
}

function pickedText(text: string, fields: readonly string[]): string {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.stringify(pickFields(JSON.parse(text), fields));
  } catch {
    return text;
  }
}

function textChange({ trim, redact, patterns }: OutputFilter): ((text: string) => string) | null {
  if (!trim && !redact?.length && !patterns?.length) return null;
  const own = (patterns ?? []).map((source) => new RegExp(source, 'gu'));
  return (text) => {
    let changed = trim
      ? text
          .replace(/[^\S\n]+/g, ' ')
          .replace(/ ?\n\s*/g, '\n')
          .trim()
      : text;
    if (redact) changed = redactText(changed, redact);
    for (const pattern of own) changed = changed.replace(pattern, (found) => (found === '' ? '' : '[removed]'));
    return changed;
  };
}

function withTexts(result: ToolResult, change: (text: string) => string): ToolResult {
  const content = result.content.map((block) => changedBlock(block, change));
  if (result.structuredContent === undefined) return { ...result, content };
  return { ...result, content, structuredContent: changed(result.structuredContent, change) };
}

/** The fields of a block are the protocol's; pictures and sound are letters that mean nothing. */
function changedBlock(block: unknown, change: (text: string) => string): unknown {
  if (!isRecord(block)) return block;
  const kept = new Set([
    'type',
    'mimeType',
    'blob',
    ...(block.type === 'image' || block.type === 'audio' ? ['data'] : []),
  ]);
  return Object.fromEntries(
    Object.entries(block).map(([name, inner]) => {
      if (kept.has(name)) return [name, inner];
      return [name, name === 'resource' ? changedBlock(inner, change) : changed(inner, change)];
    }),
  );
}

/** Changes each text in a value, names of fields too. A number that would be changed as a text becomes that text. */
function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value === 'number') {
    const text = String(value);
    const left = change(text);
    return left === text ? value : left;
  }
  if (Array.isArray(value)) return value.map((inner) => changed(inner, change));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [change(name), changed(inner, change)]));
}
