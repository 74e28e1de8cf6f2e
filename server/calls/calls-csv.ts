import type { CallFilter } from '#src/lib/calls/call-filter.ts';
import type { ListedCall } from '#src/lib/calls/listed-call.ts';
import { csvLine } from '#src/lib/csv-line.ts';
import { listCalls } from '#src/server/calls/read-calls.ts';

const rowsAtOnce = 500;

const columns: [string, (call: ListedCall) => string | number | null][] = [
  ['id', (call) => call.id],
  ['placed', (call) => call.placedAt],
  ['assistant', (call) => call.assistantName],
  ['version', (call) => call.version ?? 'draft'],
  ['caller', (call) => call.caller.name],
  ['caller kind', (call) => call.caller.kind],
  ['status', (call) => call.status],
  ['ended', (call) => call.endedReason ?? call.failure?.code ?? null],
  ['duration ms', (call) => call.durationMs],
  ['turns', (call) => call.stats.turns],
  ['tool calls', (call) => call.stats.toolCalls],
  ['tool failures', (call) => call.stats.toolFailures],
  ['writes done', (call) => call.writesDone],
  ['longest reply ms', (call) => call.replyMs],
  ['longest reply heard ms', (call) => call.heardReplyMs],
  ['tools', (call) => call.tools.join(' ')],
  ['failed tools', (call) => call.failedTools.join(' ')],
  ['flags', (call) => call.flags.join(' ')],
];

/** The list of these calls as CSV (RFC 4180), newest first, read as fast as it is taken. */
export function callsCsv(teamId: string, filter: CallFilter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let before: string | undefined;
  let begun = false;
  return new ReadableStream({
    async pull(out) {
      if (!begun) {
        begun = true;
        // Spreadsheets take a file without the mark for an old code page.
        out.enqueue(encoder.encode(`\ufeff${csvLine(columns.map(([name]) => name))}`));
        return;
      }
      const { items, next } = await listCalls(teamId, { ...filter, before, limit: rowsAtOnce });
      const lines = items.map((call) => csvLine(columns.map(([, value]) => value(call))));
      if (lines.length > 0) out.enqueue(encoder.encode(lines.join('')));
      before = next ?? undefined;
      if (next === null) out.close();
    },
  });
}
