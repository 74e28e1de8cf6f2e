import { stat } from 'node:fs/promises';
import { AppError } from '#src/lib/app-error.ts';
import type { CallView } from '#src/lib/calls/call-view.ts';
import type { HeardFigures } from '#src/lib/calls/recording.ts';
import { heardFigures } from '#src/lib/latency/heard-figures.ts';
import { peaksOf } from '#src/lib/recording/peaks.ts';
import { analyseRecording } from '#src/server/calls/recording/analyse-recording.ts';
import { recordingRate } from '#src/server/calls/recording/call-recorder.ts';
import { findRecording, noteAnalysed, recordingFile } from '#src/server/calls/recording/recording-rows.ts';
import { mendWav, wavHeaderBytes } from '#src/server/calls/recording/wav-file.ts';
import { fileStore } from '#src/server/files/file-store.ts';

/** A file that changed more recently is still being written. */
const settledMs = 4_000;

/**
 * Finishes the recording of a call that is over: brings it to the file store, measures it, and writes down what it found.
 * Answers what a listener would measure; null without a recording. Throws AppError `still-recording`.
 */
export async function finishRecording(teamId: string, callId: string, view: CallView): Promise<HeardFigures | null> {
  const row = await findRecording(teamId, callId);
  if (!row || row.state === 'deleted') return null;
  if (row.state !== 'recording') return row.heard;
  const store = fileStore();
  const file = recordingFile(row.key);
  const written = await stat(file).catch(() => null);
  if (written && row.bytes === 0 && Date.now() - written.mtimeMs < settledMs)
    throw new AppError('still-recording', 'The recording is still being written.', { status: 409, retryable: true });
  // Whoever closes the file writes down its length: without that, its process died.
  if (written && row.bytes === 0) await mendWav(file, { rate: recordingRate, channels: 2 });
  if (written) await store.take(row.key, file);
  const bytes = (await store.size(row.key)) ?? 0;
  if (bytes <= wavHeaderBytes) {
    await noteAnalysed(teamId, callId, { state: 'incomplete', bytes, durationMs: 0, peaks: null, heard: null });
    return null;
  }
  const { levels, durationMs } = await analyseRecording(await store.read(row.key));
  const heard = heardFigures(levels, {
    callerFrom: view.callerAt ?? undefined,
    working: [...view.models, ...view.tools.flatMap((tool) => tool.parts)].map(({ from, to }) => ({
      from,
      to: to ?? durationMs,
    })),
  });
  const state = row.bytes > 0 ? 'ready' : 'incomplete';
  await noteAnalysed(teamId, callId, { state, bytes, durationMs, peaks: peaksOf(levels), heard });
  return heard;
}
