'use client';
import type { Player } from '#src/components/call/player.ts';
import { usePlayed } from '#src/components/call/use-player.ts';
import { placeStyle } from '#src/components/timeline/place.ts';
import { classNames } from '#src/components/ui/class-names.ts';
import { clockTime } from '#src/lib/time-words.ts';
import styles from './timeline.module.css';

/** Where one looks, or listens. It alone is drawn again with every frame that is heard. */
export function Playhead({ player, restMs }: { player: Player; restMs: number }) {
  const ms = usePlayed(player, (playedMs) => playedMs ?? restMs);
  return (
    <i
      data-playhead={Math.round(ms)}
      style={placeStyle(ms)}
      className={classNames(styles.at, 'inset-y-0 border-l-[1.5px] border-accent not-italic')}
    >
      <b className="absolute top-px -left-px rounded-r-1 bg-accent px-[5px] font-mono text-[10.5px] leading-4 font-med text-on-accent">
        {clockTime(ms)}
      </b>
    </i>
  );
}

/** The time of the playhead in words. */
export function PlayedTime({ player, restMs }: { player: Player; restMs: number }) {
  return <>{usePlayed(player, (playedMs) => clockTime(playedMs ?? restMs))}</>;
}
