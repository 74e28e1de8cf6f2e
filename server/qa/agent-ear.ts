import { setTimeout as sleep } from 'node:timers/promises';
import type { Room } from '@livekit/rtc-node';
import { callerIdentity } from '#src/lib/calls/call.ts';
import { loud } from '#src/server/qa/loud.ts';

/** Audio is quiet when nothing was loud for this long. */
const quietMs = 550;
const pauseMs = 100;

/** Listens to the agent the way a caller does: by its audio, and by what it says about itself. */
export class AgentEar {
  /** When the last sound was, by performance.now. */
  lastSoundAt = Number.NEGATIVE_INFINITY;
  /** What was heard without a pause of a tenth of a second, from the first to the last sound of each. */
  readonly spans: { from: number; to: number }[] = [];
  readonly #room: Room;
  readonly #onsets: number[] = [];

  constructor(room: Room) {
    this.#room = room;
  }

  /** Takes 16 kHz audio that arrived at `now`. */
  take(pcm: Int16Array, now: number): void {
    const first = pcm.findIndex((sample) => sample > loud || sample < -loud);
    if (first < 0) return;
    const at = now + first / 16;
    if (at - this.lastSoundAt > quietMs) this.#onsets.push(at);
    this.lastSoundAt = at;
    const span = this.spans.at(-1);
    if (span && at - span.to < pauseMs) span.to = at;
    else this.spans.push({ from: at, to: at });
  }

  /** The first sound that begins after `after`; null when none comes within `timeoutMs`. */
  async sound(after: number, timeoutMs: number, signal?: AbortSignal): Promise<number | null> {
    const until = performance.now() + timeoutMs;
    while (performance.now() < until) {
      const onset = this.#onsets.find((at) => at > after);
      if (onset !== undefined) return onset;
      await sleep(10, undefined, signal ? { signal } : {});
    }
    return null;
  }

  /** Waits until the agent is done: its audio is quiet and it says that it listens. */
  async quiet(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    const until = performance.now() + timeoutMs;
    while (performance.now() < until) {
      const silent = performance.now() - this.lastSoundAt > quietMs;
      if (silent && !this.#busy()) return;
      await sleep(20, undefined, signal ? { signal } : {});
    }
  }

  #busy(): boolean {
    for (const participant of this.#room.remoteParticipants.values()) {
      if (participant.identity === callerIdentity) continue;
      const state = participant.attributes['lk.agent.state'];
      if (state === 'speaking' || state === 'thinking') return true;
    }
    return false;
  }
}
