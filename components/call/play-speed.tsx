'use client';
import { type Player, playerRates } from '#src/components/call/player.ts';
import { usePlayerState } from '#src/components/call/use-player.ts';
import { Button } from '#src/components/ui/button.tsx';

/** How fast the recording plays; a click is the next speed. */
export function PlaySpeed({ player }: { player: Player }) {
  const { rate } = usePlayerState(player);
  return (
    <Button
      size="sm"
      kind="ghost"
      className="font-mono phone:size-11"
      aria-label={`Speed ${rate}, change`}
      onClick={() => player.setRate(playerRates[(playerRates.indexOf(rate) + 1) % playerRates.length] ?? 1)}
    >
      {rate}×
    </Button>
  );
}
