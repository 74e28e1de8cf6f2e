import type { CallEvent } from '#src/lib/calls/call-event.ts';
import type { CallView } from '#src/lib/calls/call-view.ts';

/** A piece of text of a call that can be searched; `at` is where the turn or the tool call begins, ms from t = 0. */
export type CallText = { seq: number; kind: 'caller' | 'agent' | 'tool'; at: number | null; text: string };

/** What a call is found by, apart from its row. */
export type CallFacts = {
  durationMs: number;
  /** Names of the tools that ran, and of those that failed or are in doubt; each once, sorted. */
  tools: string[];
  failedTools: string[];
  /** Writes that were carried out, each once. */
  writesDone: number;
  /** The longest that the caller waited for an answer, by the pipeline, ms; null when nobody waited. */
  replyMs: number | null;
  texts: CallText[];
};

/** More of one text is not searched: a page of a server's answer is enough to find a call by. */
const longestText = 4_000;

/** Folds the log of one call, and its view, into what it is found by. Pure: the same log gives the same facts. */
export function callFacts(events: readonly CallEvent[], view: CallView): CallFacts {
  const ran = view.tools.filter((tool) => tool.events.some(({ type }) => type === 'tool-started'));
  const repeated = (tool: (typeof ran)[number]) =>
    tool.events.some((event) => event.type === 'tool-started' && event.data.repeatOf !== undefined);
  const waits = view.agent.flatMap((turn) => (turn.delayMs === null ? [] : [turn.delayMs]));
  return {
    durationMs: view.ending?.at ?? view.lastAt,
    tools: names(ran),
    failedTools: names(ran.filter(({ state }) => state === 'failed' || state === 'in-doubt')),
    writesDone: ran.filter((tool) => tool.effect === 'write' && tool.state === 'succeeded' && !repeated(tool)).length,
    replyMs: waits.length === 0 ? null : Math.max(...waits),
    texts: events.flatMap((event) => textOf(event, view)),
  };
}

const names = (tools: readonly { tool: string }[]): string[] => [...new Set(tools.map(({ tool }) => tool))].sort();

/** What was heard of the agent, not what was made; of a tool what it was given and what the model got. */
function textOf(event: CallEvent, view: CallView): CallText[] {
  const { seq } = event;
  switch (event.type) {
    case 'turn-committed': {
      const turn = view.caller.find(({ id }) => id === `turn-${seq}`);
      return text('caller', seq, turn?.at ?? event.at, event.data.text);
    }
    case 'agent-speech-ended':
    case 'agent-speech-interrupted': {
      const turn = view.agent.find(({ id }) => id === event.data.speechId);
      // Whoever was cut off is told of twice; what the caller heard is the one that counts.
      if (event.type === 'agent-speech-ended' && turn?.cut) return [];
      return text('agent', seq, turn?.at ?? event.at, 'heard' in event.data ? event.data.heard : event.data.text);
    }
    case 'tool-started':
      return text('tool', seq, event.at, [event.data.tool, ...plain(event.data.arguments)].join(' '));
    case 'tool-succeeded':
      return text('tool', seq, event.at, event.data.answer);
    case 'tool-failed':
    case 'tool-in-doubt':
      return text('tool', seq, event.at, event.data.message);
    default:
      return [];
  }
}

function text(kind: CallText['kind'], seq: number, at: number | null, words: string): CallText[] {
  // Control characters mark what was found; they mean nothing in words.
  const clean = words
    .slice(0, longestText)
    .replace(/\p{Cc}+/gu, ' ')
    .toWellFormed()
    .trim();
  return clean === '' ? [] : [{ seq, kind, at, text: clean }];
}

/** Names and values of arguments, as they would be read. */
function plain(value: unknown, depth = 0): string[] {
  if (value === null || value === undefined || depth > 6) return [];
  if (typeof value !== 'object') return [String(value)];
  return Object.entries(value).flatMap(([key, one]) => [
    ...(Array.isArray(value) ? [] : [key]),
    ...plain(one, depth + 1),
  ]);
}
