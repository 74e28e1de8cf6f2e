import { z } from 'zod';
import { callSchema, placeCallInputSchema, placedCallSchema } from '#src/lib/calls/call.ts';
import { callEventSchema } from '#src/lib/calls/call-event.ts';
import { callFilterNames, callFilterSchema } from '#src/lib/calls/call-filter.ts';
import { exportFormatSchema } from '#src/lib/calls/export/export-format.ts';
import { listedCallSchema } from '#src/lib/calls/listed-call.ts';
import { transcriptOf, transcriptSchema } from '#src/lib/calls/transcript.ts';
import { questionAnswerSchema } from '#src/lib/mcp/inspect.ts';
import { may } from '#src/lib/teams/rights.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { eventStream } from '#src/server/api/event-stream.ts';
import { pageSchema } from '#src/server/api/page.ts';
import { announceWatcher } from '#src/server/calls/announce-watcher.ts';
import { answerQuestion } from '#src/server/calls/answer-question.ts';
import { noteLook } from '#src/server/calls/call-looks.ts';
import { callsCsv } from '#src/server/calls/calls-csv.ts';
import { decideApproval, endCall, joinCall, sendText } from '#src/server/calls/control-call.ts';
import { readAllEvents, readCallEvents } from '#src/server/calls/event-log.ts';
import { exportCall } from '#src/server/calls/export-call.ts';
import { placeCall } from '#src/server/calls/place-call.ts';
import { listCalls, readCall } from '#src/server/calls/read-calls.ts';
import { listenToCall, whisperToAgent } from '#src/server/calls/supervise.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { writeAudit } from '#src/server/teams/audit.ts';

const eventsQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});

export const callEndpoints = [
  endpoint({
    method: 'POST',
    path: '/calls',
    summary:
      'Places a call. Without `version` the published one, else the draft. With `say` a synthetic caller speaks the lines, then hangs up.',
    action: 'call:place',
    body: placeCallInputSchema,
    answer: placedCallSchema,
    status: 201,
    handle: ({ actor, body }) =>
      placeCall(actor.teamId, {
        assistantId: body.assistantId,
        version: body.version,
        say: body.say,
        caller: { kind: actor.userId ? 'member' : 'api', name: actor.name, userId: actor.userId },
      }),
  }),
  endpoint({
    method: 'GET',
    path: '/calls',
    summary:
      'Calls, newest first, narrowed down by filters. `q` searches what was said and what tools were given and answered; each call then has the matching moment.',
    action: 'call:read',
    query: callFilterSchema.extend({
      /** The `next` of the page before, or a moment. */
      before: z.union([z.string().regex(/^\d{1,17}~\w{1,80}$/), z.iso.datetime()]).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: pageSchema(listedCallSchema),
    handle: ({ actor, query }) => listCalls(actor.teamId, query),
  }),
  endpoint({
    method: 'GET',
    path: '/calls.csv',
    summary: 'The same calls as CSV, all of them.',
    action: 'call:read',
    query: callFilterSchema,
    streams: 'text/csv',
    handle: async ({ actor, query }) => {
      await forTeam(actor.teamId, (tx) =>
        writeAudit(tx, actor, 'export-calls', callFilterNames.filter((name) => query[name] !== undefined).join(' ')),
      );
      return new Response(callsCsv(actor.teamId, query), {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': 'attachment; filename="calls.csv"',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
        },
      });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/calls/{id}',
    summary: 'One call.',
    action: 'call:read',
    answer: callSchema,
    handle: ({ actor, params }) => readCall(actor.teamId, params.id ?? ''),
  }),
  endpoint({
    method: 'GET',
    path: '/calls/{id}/events',
    summary: 'The log of a call from `after` on: a page of JSON, or a stream of server-sent events by `Accept`.',
    action: 'call:read',
    query: eventsQuery,
    answer: pageSchema(callEventSchema),
    streams: 'text/event-stream',
    handle: async ({ actor, params, query, request }) => {
      const id = params.id ?? '';
      const call = await readCall(actor.teamId, id);
      if (!request.headers.get('accept')?.includes('text/event-stream')) return readCallEvents(actor.teamId, id, query);
      if (may(actor.role, 'call:control') && (call.status === 'placed' || call.status === 'live'))
        announceWatcher(id, request.signal);
      const resumeAt = Number(request.headers.get('last-event-id') ?? Number.NaN);
      return eventStream({
        teamId: actor.teamId,
        callId: id,
        after: Number.isInteger(resumeAt) ? resumeAt : query.after,
        signal: request.signal,
      });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/calls/{id}/transcript',
    summary: 'What was said, and the tool calls in between.',
    action: 'call:read',
    answer: transcriptSchema,
    handle: async ({ actor, params }) => transcriptOf(await readAllEvents(actor.teamId, params.id ?? '')),
  }),
  endpoint({
    method: 'GET',
    path: '/calls/{id}/export',
    summary:
      'The call as a file: `json` (its whole log), `markdown` (its transcript) or `webvtt` (subtitles for its recording).',
    action: 'call:read',
    query: z.object({ format: exportFormatSchema.default('json') }),
    handle: async ({ actor, params, query }) => {
      const file = await exportCall(actor.teamId, params.id ?? '', query.format);
      await noteLook(actor, params.id ?? '', 'export');
      return file;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/calls/{id}/join',
    summary: 'A new token for the room, after a reload.',
    action: 'call:place',
    answer: placedCallSchema,
    handle: ({ actor, params }) => joinCall(actor.teamId, params.id ?? '', actor.userId),
  }),
  endpoint({
    method: 'POST',
    path: '/calls/{id}/end',
    summary: 'Hangs up.',
    action: 'call:control',
    handle: ({ actor, params }) => endCall(actor.teamId, params.id ?? ''),
  }),
  endpoint({
    method: 'POST',
    path: '/calls/{id}/text',
    summary: 'Says something in writing. `id` makes a repeat the same message.',
    action: 'call:control',
    body: z.object({ text: z.string().trim().min(1).max(2000), id: z.string().max(80).optional() }),
    handle: ({ actor, params, body }) => sendText(actor.teamId, params.id ?? '', body.text, body.id),
  }),
  endpoint({
    method: 'POST',
    path: '/calls/{id}/listen',
    summary: 'A token to hear a live call unnoticed; who listens is an event of the call.',
    action: 'call:supervise',
    answer: placedCallSchema,
    handle: async ({ actor, params }) => {
      const place = await listenToCall(actor.teamId, params.id ?? '', actor.name);
      await noteLook(actor, params.id ?? '', 'listen');
      return place;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/calls/{id}/whisper',
    summary: 'Tells the agent something that the caller does not hear. `id` makes a repeat the same whisper.',
    action: 'call:supervise',
    body: z.object({ text: z.string().trim().min(1).max(500), id: z.string().max(80).optional() }),
    handle: ({ actor, params, body }) => whisperToAgent(actor.teamId, params.id ?? '', { ...body, by: actor.name }),
  }),
  endpoint({
    method: 'POST',
    path: '/calls/{id}/approvals/{toolCallId}',
    summary: 'An operator’s yes or no to a write that waits for one.',
    action: 'call:approve',
    body: z.object({ approved: z.boolean() }),
    handle: ({ actor, params, body }) =>
      decideApproval(actor.teamId, params.id ?? '', params.toolCallId ?? '', {
        approved: body.approved,
        by: actor.name,
      }),
  }),
  endpoint({
    method: 'POST',
    path: '/calls/{id}/questions/{questionId}',
    summary: 'Answers what a server asked in the middle of a tool call. The answer goes to the server and is not kept.',
    action: 'call:control',
    body: questionAnswerSchema,
    handle: ({ actor, params, body }) =>
      answerQuestion(actor.teamId, params.id ?? '', params.questionId ?? '', { answer: body, by: actor.name }),
  }),
];
