'use client';
import { Canvas, type Pen } from '#src/components/timeline/canvas.tsx';
import type { RecordingPeaks, RecordingWaveform } from '#src/lib/calls/recording.ts';
import type { TimeWindow } from '#src/lib/timeline/window.ts';
import styles from './timeline.module.css';

const barPx = 3;

/** A recording as a page shows it: its waveform comes after the page. */
export type ShownRecording = RecordingWaveform & { fetched: boolean };

/** The sound of both sides, the caller above; where there is none it says why. */
export function Waveform({ recording, window }: { recording: ShownRecording; window: TimeWindow }) {
  const { peaks } = recording;
  return (
    <div className={styles.lane} style={{ height: 62 }}>
      <span className="grid h-full content-around text-xs text-ink-3">
        <span>Caller</span>
        <span>Agent</span>
      </span>
      <div
        role="img"
        aria-label="Waveform of the recording"
        data-waveform={recording.state}
        className={`${styles.track} bg-sunken`}
      >
        {peaks ? (
          <Canvas draw={(pen) => drawWaveform(pen, peaks, window)} />
        ) : (
          <p className="px-2.5 text-sm leading-[62px] text-ink-3">{whyNone(recording)}</p>
        )}
        {peaks && recording.state === 'incomplete' && (
          <span className="absolute right-1.5 bottom-0.5 rounded-1 bg-surface px-1.5 text-xs text-write">
            The end is missing: its process died.
          </span>
        )}
      </div>
    </div>
  );
}

function whyNone({ state, fetched }: ShownRecording): string {
  if (state === 'recording') return 'The recording is being prepared.';
  if (state === 'deleted') return 'The recording was deleted. The transcript and the tool log are still here.';
  if (!fetched) return 'The waveform is loading.';
  return 'The recording is missing. The transcript and the tool log are complete.';
}

function drawWaveform({ context, width, height, colour }: Pen, peaks: RecordingPeaks, window: TimeWindow): void {
  const half = height / 4;
  context.fillStyle = colour('--line');
  context.fillRect(0, height / 2, width, 1);
  for (const [side, middle, token] of [
    [peaks.caller, half, '--caller'],
    [peaks.agent, height - half, '--agent'],
  ] as const) {
    context.fillStyle = colour(token);
    for (let x = 0; x < width; x += barPx) {
      const from = window.from + (x / width) * window.length;
      const to = window.from + ((x + barPx) / width) * window.length;
      const loudest = loudestBetween(side, from / peaks.stepMs, to / peaks.stepMs);
      if (loudest === null) continue;
      // Quiet voices are seen too: loudness is not linear to the ear.
      const y = Math.max(0.5, (loudest / 255) ** 0.6 * (half - 1));
      context.fillRect(x, middle - y, barPx - 1.2, y * 2);
    }
  }
}

/** The loudest of some steps; null beyond the recording. */
function loudestBetween(side: readonly number[], from: number, to: number): number | null {
  const first = Math.max(0, Math.floor(from));
  const last = Math.min(side.length, Math.max(Math.floor(from) + 1, Math.ceil(to)));
  if (first >= last) return null;
  let most = 0;
  for (let i = first; i < last; i++) most = Math.max(most, side[i] ?? 0);
  return most;
}
