import type { AgentInputItem } from '@openai/agents';
import type { HistoryItem } from '#src/lib/rehearsal/history.ts';

/** The conversation as the rehearsal dialogue reads it; what it has no use for is left out. */
export function rehearsalHistory(input: string | AgentInputItem[]): HistoryItem[] {
  if (typeof input === 'string') return [{ type: 'caller', text: input }];
  return input.flatMap((item): HistoryItem[] => {
    if (item.type === 'function_call') {
      return [{ type: 'tool-call', id: item.callId, tool: item.name, arguments: parseArguments(item.arguments) }];
    }
    if (item.type === 'function_call_result')
      return [{ type: 'tool-result', id: item.callId, text: textOf(item.output) }];
    if (!('role' in item) || item.role === 'system') return [];
    const text = textOf(item.content).trim();
    return text ? [{ type: item.role === 'user' ? 'caller' : 'agent', text }] : [];
  });
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(textOf).filter(Boolean).join(' ');
  if (typeof content !== 'object' || content === null || !('text' in content)) return '';
  return typeof content.text === 'string' ? content.text : '';
}

function parseArguments(json: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(json);
    return typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : {};
  } catch {
    return {};
  }
}
