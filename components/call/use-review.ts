'use client';
import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react';
import type { Player } from '#src/components/call/player.ts';
import type { Looking } from '#src/components/call/use-looking.ts';
import { usePlayer } from '#src/components/call/use-player.ts';
import { createWaveformStore } from '#src/components/call/waveform-store.ts';
import type { ShownRecording } from '#src/components/timeline/waveform.tsx';
import type { CallView } from '#src/lib/calls/call-view.ts';
import type { Recording } from '#src/lib/calls/recording.ts';
import { findFlags } from '#src/lib/flags/find-flags.ts';
import type { Flag } from '#src/lib/flags/flag.ts';
import { panWindow } from '#src/lib/timeline/window.ts';

export type Review = {
  recording: ShownRecording | null;
  /** What is wrong with the call; nothing while it goes on. */
  flags: Flag[];
  player: Player;
  /** Plays, or pauses. Null where there is nothing to hear. */
  toggle: (() => void) | null;
  /** Plays from a moment on. Null where there is nothing to hear. */
  playFrom: ((ms: number) => void) | null;
};

/** What a call that is over can be looked at with: its recording, and what is wrong with it. */
export function useReview(o: {
  /** Where the recording is played from; its waveform is below. */
  address: string;
  view: CallView;
  live: boolean;
  /** What the page knew of the recording when it was made. */
  known: Recording | null;
  looking: Looking;
  nowMs: number;
  /** What was found by more of the log than is here. */
  found?: Flag[];
}): Review {
  const { view, live, looking, nowMs, found } = o;
  const player = usePlayer(o.address);
  const [store] = useState(() => createWaveformStore(o.address));
  const known = live ? null : o.known;
  const loaded = useSyncExternalStore(known ? store.subscribe : never, store.get, () => null);
  const recording = useMemo(
    () => known && (loaded ? { ...loaded, fetched: true } : { ...known, peaks: null, fetched: false }),
    [known, loaded],
  );
  const heard = recording?.heard ?? null;
  const over = live ? null : view;
  const flags = useMemo(() => found ?? (over ? findFlags({ view: over, heard }) : noFlags), [found, over, heard]);

  const rest = useEffectEvent((ms: number) => looking.rest(Math.min(nowMs, ms)));
  useEffect(() => player.whenRest((ms) => rest(ms)), [player]);
  useEffect(() => player.moveTo(looking.playheadMs), [player, looking.playheadMs]);
  useFollowing(player, looking, nowMs);

  const playable = recording !== null && (recording.state === 'ready' || recording.state === 'incomplete');
  if (!playable || recording.durationMs === 0) return { recording, flags, player, toggle: null, playFrom: null };
  const play = (ms: number) => player.play(ms >= recording.durationMs - 100 ? 0 : ms);
  return {
    recording,
    flags,
    player,
    toggle: () => (player.get().playing ? player.pause() : play(looking.playheadMs)),
    playFrom: play,
  };
}

/** The timeline goes along with what is heard, unless someone looks elsewhere. */
function useFollowing(player: Player, looking: Looking, nowMs: number): void {
  const follow = useEffectEvent((before: number, ms: number) => {
    const { window } = looking;
    const edge = window.from + window.length * 0.95;
    if (before <= edge && ms > edge)
      looking.setWindow(panWindow(window, ms - window.from - window.length * 0.05, nowMs));
  });
  useEffect(() => {
    let before = player.get().ms;
    return player.subscribe(() => {
      const { ms } = player.get();
      if (ms !== null && before !== null) follow(before, ms);
      before = ms;
    });
  }, [player]);
}

const noFlags: Flag[] = [];
const never = () => () => {};
