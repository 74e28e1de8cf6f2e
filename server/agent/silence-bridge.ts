import { setTimeout as sleep } from 'node:timers/promises';
import type { FillerKind, FillerPicker } from '#src/lib/assistants/fillers.ts';
import type { ReplyStream } from '#src/server/agent/reply-stream.ts';
import type { SpeechLedger } from '#src/server/agent/speech-ledger.ts';
import type { Turn } from '#src/server/agent/turn.ts';

export type SilenceBridgeOptions = {
  ledger: Pick<SpeechLedger, 'sounding'>;
  fillers: Pick<FillerPicker, 'next'>;
  /** Silence after which something is said, ms. */
  fillerAfterMs: number;
  now: () => number;
};

/** Of one tool call: says something meanwhile, and stops when there is an answer. */
export type ToolBridge = { sayMeanwhile: (kind: FillerKind) => void; stop: () => void };

/** Tools that work at the same time are one wait: what was said for one of them was said for all. */
const togetherMs = 4_000;
const lookAgainMs = 100;

/** Bridges the silence while tools of a call work. */
export function silenceBridge({ ledger, fillers, fillerAfterMs, now }: SilenceBridgeOptions) {
  let saidAt = Number.NEGATIVE_INFINITY;
  let working = 0;
  return {
    /** A tool begins to work. */
    begin({ turn, reply }: { turn: Pick<Turn, 'signal'>; reply: Pick<ReplyStream, 'say' | 'pause'> }): ToolBridge {
      let over = false;
      working += 1;
      const say = async (kind: FillerKind) => {
        // What the agent says just now is no silence yet: that begins when it is over.
        if (ledger.sounding) {
          while (ledger.sounding && !over) await sleep(lookAgainMs);
          if (!over) await sleep(Math.max(0, fillerAfterMs - lookAgainMs));
        }
        if (over || turn.signal.aborted || ledger.sounding) return;
        if (working > 1 && now() - saidAt < togetherMs) return;
        saidAt = now();
        reply.say(fillers.next(kind), 'filler');
        reply.pause();
      };
      return {
        sayMeanwhile: (kind) => void say(kind),
        stop: () => {
          if (over) return;
          over = true;
          working -= 1;
        },
      };
    },
  };
}

/** A tool that is as fast as most needs no filler. */
const leastSilenceMs = 250;
/** From the caller's last sound to the end of their turn, at most: that much of the silence is nobody's waiting. */
const turnEndMs = 100;

/** The caller has been waiting since their last sound, not since the tool began: what is left of the silence until a filler. */
export function silenceLeftMs({ callerStoppedAt }: Pick<Turn, 'callerStoppedAt'>, fillerAfterMs: number): number {
  if (callerStoppedAt === null) return fillerAfterMs;
  const silentMs = Date.now() - callerStoppedAt;
  return Math.min(fillerAfterMs, Math.max(leastSilenceMs, fillerAfterMs + turnEndMs - silentMs));
}
