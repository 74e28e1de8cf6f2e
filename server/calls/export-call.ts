import { callView } from '#src/lib/calls/call-view.ts';
import { callMarkdown } from '#src/lib/calls/export/call-markdown.ts';
import { callWebVtt } from '#src/lib/calls/export/call-webvtt.ts';
import { type ExportFormat, exportFormats } from '#src/lib/calls/export/export-format.ts';
import { readAllEvents } from '#src/server/calls/event-log.ts';
import { readCall } from '#src/server/calls/read-calls.ts';

/** One call as a file: its whole log, its transcript, or subtitles for its recording. Throws `not-found`. */
export async function exportCall(teamId: string, callId: string, format: ExportFormat): Promise<Response> {
  const call = await readCall(teamId, callId);
  const events = await readAllEvents(teamId, callId);
  const { ending, mediaType } = exportFormats[format];
  const text = {
    json: () => `${JSON.stringify({ call, events }, null, 2)}\n`,
    markdown: () => callMarkdown(call, callView(events)),
    webvtt: () => callWebVtt(callView(events), call.assistantName),
  }[format]();
  return new Response(text, {
    headers: {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${call.id}.${ending}"`,
      'cache-control': 'no-store',
    },
  });
}
