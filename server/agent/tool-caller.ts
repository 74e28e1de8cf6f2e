import { randomUUID } from 'node:crypto';
import type { FillerPicker } from '#src/lib/assistants/fillers.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import type { ConfirmationWords } from '#src/lib/confirmation/words.ts';
import type { CallTool } from '#src/server/agent/call-tools.ts';
import type { EventWriter } from '#src/server/agent/event-writer.ts';
import type { LiveServers } from '#src/server/agent/live-servers.ts';
import { silenceBridge, silenceLeftMs } from '#src/server/agent/silence-bridge.ts';
import type { SpeechLedger } from '#src/server/agent/speech-ledger.ts';
import type { UsualTime } from '#src/server/mcp/usual-times.ts';
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
  fillers: Pick<FillerPicker, 'next'>;
  fillerAfterMs: number;
  /** What a tool usually takes; null where that was not measured. */
  usual: (serverId: string, tool: string) => UsualTime | null;
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
  usual,
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
  const bridges = silenceBridge({ ledger, fillers, fillerAfterMs, now });
  let running = 0;
  const run: CallTool['run'] = async (named, args, context, yes) => {
    const { turn } = context;
    const bridge = bridges.begin(context);
    const takes = usual(named.server.id, named.tool.definition.name);
    working(++running);
    try {
      return await runToolCall(
        {
          session: (serverId, options) => servers.session(serverId, options),
          quarantined: (serverId, tool) => servers.quarantined(serverId, tool),
          write: (type, data, ids) => events.write(type, data, ids),
          writeThrough: (type, data, ids) => events.writeThrough(type, data, ids),
          sayMeanwhile: bridge.sayMeanwhile,
          safeSentence: phrases.toolFailed,
          inDoubtSentence: phrases.inDoubt,
          // One that is fast as measured will answer any moment: it is bridged when it is late.
          slowAfterMs: takes && takes.p95Ms <= fillerAfterMs ? fillerAfterMs : silenceLeftMs(turn, fillerAfterMs),
          usualMs: () => (takes && takes.p50Ms > fillerAfterMs ? takes.p50Ms : null),
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
      bridge.stop();
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
