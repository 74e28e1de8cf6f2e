import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FillerKind, FillerPicker } from '#src/lib/assistants/fillers.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import type { ConfirmationWords } from '#src/lib/confirmation/words.ts';
import type { CallTool } from '#src/server/agent/call-tools.ts';
import type { EventWriter } from '#src/server/agent/event-writer.ts';
import type { LiveServers } from '#src/server/agent/live-servers.ts';
import type { SpeechLedger } from '#src/server/agent/speech-ledger.ts';
import type { Turn } from '#src/server/agent/turn.ts';
import { askFirst } from '#src/server/tools/ask-first.ts';
import type { ReadCache } from '#src/server/tools/read-cache.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import type { ServerBreaker } from '#src/server/tools/server-breaker.ts';
import type { RanTool, ToolRuntime } from '#src/server/tools/tool-runtime.ts';
import type { WriteLedger } from '#src/server/tools/write-ledger.ts';

export type ToolCallerOptions = {
  servers: LiveServers;
  events: EventWriter;
  ledger: SpeechLedger;
  phrases: { toolFailed: string; inDoubt: string };
  /** What is said while a tool is slow, and after which silence. */
  fillers: FillerPicker;
  fillerAfterMs: number;
  /** What a tool usually takes, ms; null where that was not measured. */
  usualMs: (serverId: string, tool: string) => number | null;
  now: () => number;
  /** Told when a tool begins and ends to work. */
  working: (tools: number) => void;
  /** Takes a place within the limits of a server; throws AppError when there is none. */
  takeSlot: (server: FrozenServer) => Promise<() => void>;
  /** Each write of this call. */
  writes: WriteLedger;
  /** Answers of reads that the team may be given again. */
  cache: ReadCache;
  /** Lets a server that fails and fails rest. */
  breaker: ServerBreaker;
  /** Told of the text of each answer, for figures. */
  measure: NonNullable<ToolRuntime['measure']>;
  /** Told of each call that was sent, for figures. */
  ran: (run: RanTool) => void;
  /** Makes a tool's deadline, which stands still while its server asks a person. */
  deadline: NonNullable<ToolRuntime['deadline']>;
  /** The caller's language, in which a write is read back. */
  words: ConfirmationWords;
};

/** Makes the function that runs the tools of a call, and bridges the silence while one is slow. */
export function toolCaller({
  servers,
  events,
  ledger,
  phrases,
  fillers,
  fillerAfterMs,
  usualMs,
  now,
  working,
  takeSlot,
  writes,
  cache,
  breaker,
  measure,
  ran,
  deadline,
  words,
}: ToolCallerOptions): CallTool {
  let running = 0;
  const run: CallTool['run'] = async (named, args, { turn, reply }, yes) => {
    let done = false;
    const bridge = async (kind: FillerKind) => {
      // What the agent says just now is no silence yet: that begins when it is over.
      if (ledger.sounding) {
        while (ledger.sounding && !done) await sleep(100);
        if (!done) await sleep(fillerAfterMs - 100);
      }
      if (done || turn.signal.aborted || ledger.sounding) return;
      reply.say(fillers.next(kind), 'filler');
      reply.pause();
    };
    working(++running);
    try {
      return await runToolCall(
        {
          session: (serverId, options) => servers.session(serverId, options),
          quarantined: (serverId, tool) => servers.quarantined(serverId, tool),
          write: (type, data, ids) => events.write(type, data, ids),
          writeThrough: (type, data, ids) => events.writeThrough(type, data, ids),
          sayMeanwhile: (kind) => void bridge(kind),
          safeSentence: phrases.toolFailed,
          inDoubtSentence: phrases.inDoubt,
          slowAfterMs: silenceLeftMs(turn, fillerAfterMs),
          usualMs,
          takeSlot,
          writes,
          cache,
          breaker,
          measure,
          ran,
          deadline,
          newId: randomUUID,
          now,
        },
        {
          server: named.server,
          tool: named.tool.definition.name,
          args,
          signal: turn.signal,
          turnId: turn.id,
          toolCallId: yes?.toolCallId,
          release: yes?.release,
        },
      );
    } finally {
      done = true;
      working(--running);
    }
  };
  return {
    asks: (named, args) => {
      const quarantined = (serverId: string, tool: string) => servers.quarantined(serverId, tool);
      return askFirst({ writes, quarantined }, { server: named.server, tool: named.tool.definition.name, args }, words);
    },
    run: (named, args, context, yes) =>
      named.tool.policy.effect === 'write'
        ? context.inOrder(() => run(named, args, context, yes))
        : run(named, args, context, yes),
  };
}

/** A tool that is as fast as most needs no filler. */
const leastSilenceMs = 250;
/** From the caller's last sound to the end of their turn, at most: that much of the silence is nobody's waiting. */
const turnEndMs = 100;

/** The caller has been waiting since their last sound, not since the tool began: what is left of the silence until a filler. */
function silenceLeftMs({ callerStoppedAt }: Turn, fillerAfterMs: number): number {
  if (callerStoppedAt === null) return fillerAfterMs;
  const silentMs = Date.now() - callerStoppedAt;
  return Math.min(fillerAfterMs, Math.max(leastSilenceMs, fillerAfterMs + turnEndMs - silentMs));
}
