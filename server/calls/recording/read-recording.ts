import { AppError, notFound } from '#src/lib/app-error.ts';
import type { Recording, RecordingWaveform } from '#src/lib/calls/recording.ts';
import { readCall } from '#src/server/calls/read-calls.ts';
import { findRecording, type RecordingRow } from '#src/server/calls/recording/recording-rows.ts';
import { fileStore } from '#src/server/files/file-store.ts';
import type { ByteRange } from '#src/server/files/stored-files.ts';

/** What is known of the recording of a call; null when the call was not recorded. Throws `not-found` for a foreign call. */
export async function readRecording(teamId: string, callId: string): Promise<Recording | null> {
  await readCall(teamId, callId);
  const row = await findRecording(teamId, callId);
  return row && shown(row);
}

/** The same with the waveform. Throws `not-found`. */
export async function readWaveform(teamId: string, callId: string): Promise<RecordingWaveform> {
  await readCall(teamId, callId);
  const row = await findRecording(teamId, callId);
  if (!row) throw notRecorded();
  return { ...shown(row), peaks: row.peaks };
}

/**
 * Answers a request for the sound itself (RFC 9110, section 14): all of it, or one range; several ranges are answered with
 * all, as the standard allows. Throws `not-found`, `not-recorded`, `still-recording`, `recording-deleted`.
 */
export async function recordingResponse(
  teamId: string,
  callId: string,
  request: Request,
  options: { download: boolean },
): Promise<Response> {
  const call = await readCall(teamId, callId);
  const row = await findRecording(teamId, callId);
  if (!row) throw notRecorded();
  if (row.state === 'deleted')
    throw new AppError('recording-deleted', 'The recording was deleted.', {
      status: 410,
      hint: 'The transcript and the tool log are still there.',
    });
  if (row.state === 'recording')
    throw new AppError('still-recording', 'The recording is not ready yet.', {
      status: 409,
      retryable: true,
      hint: 'It is there some seconds after the call is over.',
    });
  const store = fileStore();
  const size = await store.size(row.key);
  if (size === null || size === 0) throw notFound('recording');
  const headers = new Headers({
    'content-type': 'audio/wav',
    'accept-ranges': 'bytes',
    // Without no-transform it could be compressed, and then bytes would be counted twice.
    'cache-control': 'no-store, no-transform',
    'content-disposition': `${options.download ? 'attachment' : 'inline'}; filename="${call.id}.wav"`,
  });
  const range = rangeOf(request.headers.get('range'), size);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const { from, to } = range ?? { from: 0, to: size - 1 };
  headers.set('content-length', String(to - from + 1));
  if (range) headers.set('content-range', `bytes ${from}-${to}/${size}`);
  const body = request.method === 'HEAD' ? null : await store.read(row.key, range ?? undefined);
  return new Response(body, { status: range ? 206 : 200, headers });
}

/** The range that is asked for; null for all of it. */
export function rangeOf(header: string | null, size: number): ByteRange | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.replace(/\s/g, '') ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const count = Math.min(size, Number(last));
    return count === 0 ? 'unsatisfiable' : { from: size - count, to: size - 1 };
  }
  const from = Number(first);
  const to = last === '' ? size - 1 : Math.min(size - 1, Number(last));
  // A range that ends before it begins is no range: it is not looked at.
  if (last !== '' && Number(last) < from) return null;
  return from >= size ? 'unsatisfiable' : { from, to };
}

function shown({ state, durationMs, bytes, heard }: RecordingRow): Recording {
  return { state, durationMs, bytes, heard };
}

function notRecorded(): AppError {
  return new AppError('not-recorded', 'This call was not recorded.', {
    status: 404,
    hint: 'Recording can be switched on for each assistant.',
  });
}
