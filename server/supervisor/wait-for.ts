import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from '#src/server/supervisor/child.ts';

/** A program that ended this often before it answered once will not come up. */
const givenUpAfter = 3;

/** Waits until an address answers with 200. Throws an Error with the program's last lines when it does not within `limitMs`. */
export async function waitForHttp(
  url: string,
  child: Child,
  o: { limitMs: number; stopping: () => boolean },
): Promise<void> {
  const until = Date.now() + o.limitMs;
  for (;;) {
    if (o.stopping()) return;
    const ok = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    if (Date.now() > until || child.restarts() >= givenUpAfter)
      throw new Error(
        `The part "${child.name}" does not start. Its last lines:\n${child.lastLines().slice(-6).join('\n') || '(it printed nothing)'}`,
      );
    await sleep(50);
  }
}
