import { type RecordingWaveform, recordingWaveformSchema } from '#src/lib/calls/recording.ts';

const lookEveryMs = 1_500;
/** After that a reload shows it: a file store that is away may be tried for hours. */
const mostLooks = 80;

/** The waveform of the recording at an address: fetched when someone looks, and again while it is being prepared. */
export function createWaveformStore(address: string) {
  let waveform: RecordingWaveform | null = null;
  let looks = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  const look = async () => {
    looks++;
    const found = await load(address);
    if (found) {
      waveform = found;
      for (const listener of listeners) listener();
    }
    if ((found === null || found.state === 'recording') && looks < mostLooks && listeners.size > 0)
      timer = setTimeout(() => void look(), lookEveryMs);
  };

  return {
    get: () => waveform,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      if (listeners.size === 1 && (waveform === null || waveform.state === 'recording')) void look();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearTimeout(timer);
      };
    },
  };
}

async function load(address: string): Promise<RecordingWaveform | null> {
  try {
    const response = await fetch(`${address}/waveform`);
    return response.ok ? recordingWaveformSchema.parse(await response.json()) : null;
  } catch {
    // Out of reach for now.
    return null;
  }
}
