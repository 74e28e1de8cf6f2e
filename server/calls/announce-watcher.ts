import { sendToAgent } from '#src/server/calls/livekit.ts';

const everyMs = 5_000;
/** A room that takes nothing for so long is gone. */
const mostFailures = 6;

/** Tells a live call, again and again until `signal`, that someone who may answer its servers' questions looks at it. */
export function announceWatcher(room: string, signal: AbortSignal): void {
  let failures = 0;
  const tell = () =>
    sendToAgent(room, { type: 'watching' }).then(
      () => {
        failures = 0;
      },
      () => {
        failures += 1;
        if (failures >= mostFailures) clearInterval(timer);
      },
    );
  const timer = setInterval(() => void tell(), everyMs);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  if (signal.aborted) clearInterval(timer);
  else void tell();
}
