import type { RecordingPeaks } from '#src/lib/calls/recording.ts';
import type { SoundLevels } from '#src/lib/latency/sound-levels.ts';

/** So many steps are enough to look from near, and few enough to be sent. */
const mostSteps = 150_000;
const shortestStepMs = 20;

/** The waveform of a recording: its loudest samples in steps as long as its length asks for. */
export function peaksOf({ stepMs, caller, agent }: SoundLevels): RecordingPeaks {
  const enough = Math.max(shortestStepMs, (caller.length * stepMs) / mostSteps);
  const steps = Math.ceil(enough / stepMs);
  return { stepMs: steps * stepMs, caller: loudest(caller, steps), agent: loudest(agent, steps) };
}

function loudest(levels: Uint16Array, steps: number): number[] {
  return Array.from({ length: Math.ceil(levels.length / steps) }, (_, index) => {
    let most = 0;
    for (let i = index * steps; i < Math.min(levels.length, (index + 1) * steps); i++)
      most = Math.max(most, levels[i] ?? 0);
    return Math.min(255, most >> 7);
  });
}
