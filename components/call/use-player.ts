'use client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { createPlayer, type Player, type PlayerState } from '#src/components/call/player.ts';

/** The player of the recording at an address, for as long as its page is open. */
export function usePlayer(address: string): Player {
  const [player] = useState(() => createPlayer(address));
  useEffect(() => () => player.close(), [player]);
  return player;
}

/** Something made of the moment that is heard, null while nothing plays; drawn again only when it is another. */
export function usePlayed<T extends string | number | null>(player: Player, of: (ms: number | null) => T): T {
  return useSyncExternalStore(
    player.subscribe,
    () => of(player.get().ms),
    () => of(null),
  );
}

export function usePlayerState(player: Player): Omit<PlayerState, 'ms'> {
  const playing = useSyncExternalStore(
    player.subscribe,
    () => player.get().playing,
    () => false,
  );
  const rate = useSyncExternalStore(
    player.subscribe,
    () => player.get().rate,
    () => 1,
  );
  const failed = useSyncExternalStore(
    player.subscribe,
    () => player.get().failed,
    () => false,
  );
  return { playing, rate, failed };
}
