import { AppError } from '#src/lib/app-error.ts';
import type { RecordingWaveform } from '#src/lib/calls/recording.ts';
import type { Link } from '#src/lib/links/link.ts';
import { readWaveform, recordingResponse } from '#src/server/calls/recording/read-recording.ts';
import type { OpenedShare } from '#src/server/links/share-opening.ts';
import { optionsOf } from '#src/server/links/share-reading.ts';

/** The recording of a shared call, or a range of it. Throws as `recordingResponse` does, and `not-recorded` where the link goes without. */
export async function sharedRecording({ teamId, link }: OpenedShare, request: Request): Promise<Response> {
  requireRecording(link);
  const download = new URL(request.url).searchParams.has('download');
  const response = await recordingResponse(teamId, link.subjectId, request, { download });
  // Its file would carry the id of the call.
  response.headers.set('content-disposition', `${download ? 'attachment' : 'inline'}; filename="call.wav"`);
  return response;
}

/** What its waveform is drawn from. Throws the same. */
export async function sharedWaveform({ teamId, link }: OpenedShare): Promise<RecordingWaveform> {
  requireRecording(link);
  return readWaveform(teamId, link.subjectId);
}

/** As if there were none: what a link is made without, it does not tell of. */
function requireRecording(link: Link): void {
  if (!optionsOf(link).recording) throw new AppError('not-recorded', 'There is no recording here.', { status: 404 });
}
