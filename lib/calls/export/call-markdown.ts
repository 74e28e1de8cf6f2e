import type { Call } from '#src/lib/calls/call.ts';
import type { AgentTurn, CallerTurn, CallItem, ToolCall } from '#src/lib/calls/call-item.ts';
import type { CallView } from '#src/lib/calls/call-view.ts';
import { declinedWords } from '#src/lib/calls/declined-words.ts';
import { clockTime, durationWords } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

type Facts = Pick<Call, 'id' | 'assistantName' | 'version' | 'caller' | 'placedAt'>;

/** A call to read or to paste into a ticket: who said what when, and each tool call with what went in and came out. */
export function callMarkdown(call: Facts, view: CallView): string {
  const facts = [
    ['Call', call.id],
    ['Assistant', `${call.assistantName}, ${call.version === null ? 'draft' : `version ${call.version}`}`],
    ['Caller', call.caller.name],
    ['Placed', call.placedAt],
    ['Ended', view.ending?.text ?? 'not yet'],
  ].map(([name, value]) => `- ${name}: ${inline(value ?? '')}`);
  const lines = view.items.map((item) => itemMarkdown(item, call.assistantName));
  return `${[`# Call with ${inline(call.assistantName)}`, facts.join('\n'), ...lines].filter(Boolean).join('\n\n')}\n`;
}

function itemMarkdown(item: CallItem, agent: string): string {
  switch (item.kind) {
    case 'caller':
      return callerMarkdown(item);
    case 'agent':
      return agentMarkdown(item, agent);
    case 'tool':
      return toolMarkdown(item);
    case 'note':
      return `*${item.at === null ? '' : `${clockTime(item.at)} `}${inline(item.text)}*`;
  }
}

function callerMarkdown({ at, text, source, understood }: CallerTurn): string {
  const how = !understood ? ' (not understood)' : source === 'typed' ? ' (typed)' : '';
  return `**${clockTime(at)} Caller${how}:** ${inline(text)}`;
}

function agentMarkdown({ at, text, cut, claims }: AgentTurn, agent: string): string {
  const said = cut ? `${inline(cut.heard)} ~~${inline(cut.unheard)}~~ (cut off)` : inline(text);
  const unproven = claims
    .filter((claim) => claim.proof === null)
    .map((claim) => `\n> Not proven: ${inline(claim.text)}`);
  return `**${clockTime(at)} ${inline(agent)}:** ${said}${unproven.join('')}`;
}

function toolMarkdown(call: ToolCall): string {
  const head = `**${clockTime(call.at)} ${call.effect === 'write' ? 'Write' : 'Read'}:** \`${call.tool}\` on ${inline(call.serverName)}, ${state(call)}`;
  const answer = call.structured ?? call.answer;
  return [head, fenced(call.arguments), ...(answer === null || answer === undefined ? [] : [fenced(answer)])].join(
    '\n\n',
  );
}

function state(call: ToolCall): string {
  if (call.declined) return `not done: ${declinedWords(call.declined)}`;
  if (call.failure) return `${call.state === 'in-doubt' ? 'in doubt' : 'failed'}: ${inline(call.failure.message)}`;
  return `${call.state}${call.ms === null ? '' : ` in ${durationWords(call.ms)}`}`;
}

/** A block that whatever is in it cannot close. */
function fenced(value: unknown): string {
  const text = typeof value === 'string' ? visibleText(value) : (JSON.stringify(value, null, 2) ?? '');
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${typeof value === 'string' ? '' : 'json'}\n${text}\n${fence}`;
}

/** Words as they were said: nothing in them is markup. */
function inline(text: string): string {
  return visibleText(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_~[\]<>#|]/g, '\\$&')
    .trim();
}
