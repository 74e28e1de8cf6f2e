export type PlayerState = {
  playing: boolean;
  /** What is heard now, ms from t = 0; null while nothing is. */
  ms: number | null;
  rate: number;
  /** The browser could not play it. */
  failed: boolean;
};

export const playerRates: readonly number[] = [1, 1.5, 2];
const calmStepMs = 250;

/** Plays the recording of a call. Nothing is loaded before someone wants to hear it. */
export function createPlayer(address: string) {
  let state: PlayerState = { playing: false, ms: null, rate: 1, failed: false };
  let audio: HTMLAudioElement | null = null;
  let frame = 0;
  let onRest: (ms: number) => void = () => {};
  const listeners = new Set<() => void>();
  const set = (change: Partial<PlayerState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const heardMs = () => (audio ? audio.currentTime * 1000 : 0);

  const rest = (failed = false) => {
    cancelAnimationFrame(frame);
    const ms = heardMs();
    const was = state.playing;
    set({ playing: false, ms: null, failed });
    if (was && !failed) onRest(ms);
  };
  const tick = (last: number) => {
    frame = requestAnimationFrame((now) => {
      if (!state.playing) return;
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      const due = !calm || now - last >= calmStepMs;
      if (due) set({ ms: heardMs() });
      tick(due ? now : last);
    });
  };
  const open = () => {
    if (audio) return audio;
    audio = new Audio(address);
    audio.addEventListener('ended', () => rest());
    audio.addEventListener('error', () => rest(true));
    return audio;
  };

  return {
    get: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** Told where the playhead rests when playing ends. */
    whenRest: (told: (ms: number) => void) => {
      onRest = told;
    },
    play: (fromMs: number) => {
      const sound = open();
      sound.currentTime = fromMs / 1000;
      sound.playbackRate = state.rate;
      set({ playing: true, ms: fromMs, failed: false });
      cancelAnimationFrame(frame);
      sound.play().then(
        () => tick(0),
        () => state.playing && rest(true),
      );
    },
    pause: () => {
      audio?.pause();
      rest();
    },
    /** Goes on from another moment, if it plays. */
    moveTo: (ms: number) => {
      if (!state.playing || !audio || Math.abs(heardMs() - ms) < 30) return;
      audio.currentTime = ms / 1000;
      set({ ms });
    },
    setRate: (rate: number) => {
      if (audio) audio.playbackRate = rate;
      set({ rate });
    },
    close: () => {
      cancelAnimationFrame(frame);
      audio?.pause();
      audio?.removeAttribute('src');
      audio = null;
    },
  };
}
export type Player = ReturnType<typeof createPlayer>;
