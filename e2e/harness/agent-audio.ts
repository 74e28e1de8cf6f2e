import type { Page } from '@playwright/test';

/** What the page's loudspeaker played of the agent, recorded in the page itself. */
export type AgentAudio = {
  /** Stretches of sound, in ms since the recording began. */
  loud: () => Promise<{ from: number; to: number }[]>;
  /** The samples between two moments. */
  samples: (from: number, to: number) => Promise<{ pcm: Int16Array; rate: number }>;
};

/** Chromium's way to the frames of a track (W3C mediacapture-transform); not in TypeScript's library yet. */
declare class MediaStreamTrackProcessor {
  constructor(options: { track: MediaStreamTrack; maxBufferSize: number });
  readonly readable: ReadableStream<AudioData>;
}

/** Call before the page is opened: every audio element that gets a stream is listened to. */
export async function recordAgent(page: Page): Promise<AgentAudio> {
  await page.addInitScript(() => {
    const kept: { rate: number; frames: Float32Array[] } = { rate: 48_000, frames: [] };
    Object.assign(window, { agentAudio: kept });
    const listen = async (element: HTMLMediaElement) => {
      const track = element.srcObject instanceof MediaStream ? element.srcObject.getAudioTracks()[0] : undefined;
      if (!track) return;
      // Not through an audio graph: what a busy page drops there was heard all the same.
      const frames = new MediaStreamTrackProcessor({ track, maxBufferSize: 2_000 }).readable.getReader();
      for (;;) {
        const { done, value } = await frames.read();
        if (done) return;
        const samples = new Float32Array(value.numberOfFrames);
        value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
        kept.rate = value.sampleRate;
        kept.frames.push(samples);
        value.close();
      }
    };
    new MutationObserver((changes) => {
      for (const change of changes)
        for (const node of change.addedNodes) if (node instanceof HTMLAudioElement) void listen(node);
    }).observe(document, { childList: true, subtree: true });
  });
  const read = async (): Promise<{ pcm: Int16Array; rate: number }> => {
    const { rate, base64 } = await page.evaluate(() => {
      const kept = (window as unknown as { agentAudio: { rate: number; frames: Float32Array[] } }).agentAudio;
      const length = kept.frames.reduce((sum, frame) => sum + frame.length, 0);
      const pcm = new Int16Array(length);
      let at = 0;
      for (const frame of kept.frames) for (const value of frame) pcm[at++] = Math.max(-1, Math.min(1, value)) * 32_767;
      const bytes = new Uint8Array(pcm.buffer);
      let text = '';
      for (let i = 0; i < bytes.length; i += 32_768) text += String.fromCharCode(...bytes.subarray(i, i + 32_768));
      return { rate: kept.rate, base64: btoa(text) };
    });
    const bytes = Buffer.from(base64, 'base64');
    return { rate, pcm: new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)) };
  };
  return {
    loud: async () => {
      const { pcm, rate } = await read();
      return loudStretches(pcm, rate);
    },
    samples: async (from, to) => {
      const { pcm, rate } = await read();
      return { rate, pcm: pcm.slice(Math.round((from * rate) / 1000), Math.round((to * rate) / 1000)) };
    },
  };
}

const windowMs = 20;
const joinMs = 500;
const leastRms = 300;

/** Sound with pauses under half a second in it counts as one stretch. */
function loudStretches(pcm: Int16Array, rate: number): { from: number; to: number }[] {
  const size = Math.round((rate * windowMs) / 1000);
  const stretches: { from: number; to: number }[] = [];
  for (let i = 0; i + size <= pcm.length; i += size) {
    let energy = 0;
    for (let k = i; k < i + size; k++) energy += (pcm[k] ?? 0) ** 2;
    if (Math.sqrt(energy / size) < leastRms) continue;
    const at = (i / rate) * 1000;
    const last = stretches.at(-1);
    if (last && at - last.to < joinMs) last.to = at + windowMs;
    else stretches.push({ from: at, to: at + windowMs });
  }
  return stretches;
}
