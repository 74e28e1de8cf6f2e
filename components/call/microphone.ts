import type { Problem } from '#src/lib/action-result.ts';

export type Microphone = {
  track: MediaStreamTrack;
  deviceId: string | null;
  label: string;
  /** How loud it is now, 0 to 1. */
  level: () => number;
  close: () => void;
};

/** Opens the microphone; the browser may ask the person. Never throws: what failed comes back in words. */
export async function openMicrophone(deviceId: string | null): Promise<Microphone | Problem> {
  if (!navigator.mediaDevices) return problems.insecure;
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
      },
    });
    const track = stream.getAudioTracks()[0];
    if (!track) return problems.missing;
    const meter = openMeter(stream);
    return {
      track,
      deviceId: track.getSettings().deviceId ?? null,
      label: track.label,
      level: meter.level,
      close: () => {
        track.stop();
        meter.close();
      },
    };
  } catch (error) {
    return microphoneProblem(error);
  }
}

/** Microphones to choose from; their names are known only once one was allowed. */
export async function listMicrophones(): Promise<{ id: string; label: string }[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices
    .filter((device) => device.kind === 'audioinput' && device.deviceId !== '')
    .map((device, index) => ({ id: device.deviceId, label: device.label || `Microphone ${index + 1}` }));
}

export function isProblem(opened: Microphone | Problem): opened is Problem {
  return 'code' in opened;
}

function openMeter(stream: MediaStream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      // -60 dB is silence, -6 dB is as loud as it should get.
      return power <= 0 ? 0 : Math.min(1, Math.max(0, (10 * Math.log10(power) + 60) / 54));
    },
    close: () => void context.close(),
  };
}

const problems = {
  insecure: {
    code: 'microphone-insecure',
    message: 'The browser gives no microphone to this address.',
    hint: 'Open Patchbay over https, or on localhost. Typing works meanwhile.',
  },
  missing: {
    code: 'microphone-missing',
    message: 'There is no microphone.',
    hint: 'Plug one in and try again. Typing works meanwhile.',
  },
  refused: {
    code: 'microphone-refused',
    message: 'The browser does not let Patchbay hear you.',
    hint: 'Click the symbol at the left of the address, allow the microphone, then try again. Typing works meanwhile.',
  },
  busy: {
    code: 'microphone-busy',
    message: 'The microphone does not answer.',
    hint: 'Another program may hold it. Close that one, or choose another microphone, then try again.',
  },
} satisfies Record<string, Problem>;

function microphoneProblem(error: unknown): Problem {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return problems.refused;
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return problems.missing;
  return { ...problems.busy, raw: String(error) };
}
