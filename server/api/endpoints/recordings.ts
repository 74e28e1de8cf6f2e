import { z } from 'zod';
import { recordingWaveformSchema } from '#src/lib/calls/recording.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { noteLook } from '#src/server/calls/call-looks.ts';
import { deleteRecording } from '#src/server/calls/recording/delete-recording.ts';
import { readWaveform, recordingResponse } from '#src/server/calls/recording/read-recording.ts';

export const recordingEndpoints = [
  endpoint({
    method: 'GET',
    path: '/calls/{id}/recording',
    summary:
      'The recording of a call that is over: WAV, the caller left and the assistant right, its first sample at t = 0. Ranges are answered; `download` names the file.',
    action: 'call:read',
    query: z.object({ download: z.string().optional() }),
    answer: z.unknown(),
    streams: 'audio/wav',
    handle: async ({ actor, params, query, request }) => {
      const callId = params.id ?? '';
      const options = { download: query.download !== undefined };
      const response = await recordingResponse(actor.teamId, callId, request, options);
      await noteLook(actor, callId, 'recording');
      return response;
    },
  }),
  endpoint({
    method: 'GET',
    path: '/calls/{id}/recording/waveform',
    summary: 'How a recording looks, and what a listener measures on it: waits, dead air, talking at once.',
    action: 'call:read',
    answer: recordingWaveformSchema,
    handle: ({ actor, params }) => readWaveform(actor.teamId, params.id ?? ''),
  }),
  endpoint({
    method: 'DELETE',
    path: '/calls/{id}/recording',
    summary: 'Deletes the recording of a call; its log says so.',
    action: 'call:erase',
    handle: ({ actor, params }) => deleteRecording(actor.teamId, params.id ?? '', 'asked'),
  }),
];
