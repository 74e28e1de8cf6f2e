import type { NamedTool } from '#src/server/agent/tool-names.ts';
import type { ToolExchange, Turn } from '#src/server/agent/turn.ts';
import type { Asking } from '#src/server/tools/ask-first.ts';

/** A write of the model that someone has to say yes to. `callId` is the model's own id of the call. */
export type AskedWrite = { callId: string; toolCallId: string; named: NamedTool; asking: Asking };

/** Writes that were read back together and wait for one yes. */
export type PendingWrite = {
  id: string;
  turn: Turn;
  writes: AskedWrite[];
  readBack: string;
  /** The model's run, put down as text until it is decided. */
  runState: string;
  needsOperator: boolean;
  exchanges: ToolExchange[];
  since: number;
};
