import type { ToolCall } from '#src/lib/calls/call-item.ts';

export type WaterfallStep = {
  name: 'waiting' | 'limits' | 'before' | 'connect' | 'request' | 'answer' | 'ran' | 'failed' | 'no-answer';
  /** Milliseconds from t = 0. */
  from: number;
  to: number;
};

/** Shorter steps are not worth a line: clocks tell whole milliseconds. */
const leastMs = 0.5;

/**
 * Where the time of a tool call went: waiting for a yes, then the stretches that its last event tells of. Without those, as in an
 * older log, one stretch from its start to its end.
 */
export function toolWaterfall(call: Pick<ToolCall, 'parts' | 'events'>): WaterfallStep[] {
  // While the server is waited for the call runs: that is no waiting for a yes.
  const forServer = call.events.flatMap((event) =>
    event.type === 'tool-waiting' && event.data.waitingFor === 'server' ? [event.at] : [],
  );
  const waited = call.parts.flatMap(({ kind, from, to }) =>
    kind === 'waiting' && to !== null && !forServer.includes(from) ? [{ name: 'waiting' as const, from, to }] : [],
  );
  return [...waited, ...(toldSteps(call.events) ?? ranParts(call.parts))];
}

function toldSteps(events: ToolCall['events']): WaterfallStep[] | null {
  const end = events.findLast(
    ({ type }) => type === 'tool-succeeded' || type === 'tool-failed' || type === 'tool-in-doubt',
  );
  if (end?.type !== 'tool-succeeded' && end?.type !== 'tool-failed' && end?.type !== 'tool-in-doubt') return null;
  const { times, ms } = end.data;
  if (!times || end.at === null) return null;
  const zero = end.at - ms;
  const failed = end.type !== 'tool-succeeded';
  // A step that was not reached is where it ended.
  const marks = [
    { name: 'limits', at: times.limitsMs },
    { name: 'before', at: times.tryMs },
    { name: 'connect', at: times.sessionMs },
    { name: 'request', at: times.firstByteMs },
  ] as const;
  const steps: WaterfallStep[] = [];
  let from = 0;
  for (const { name, at } of marks) {
    if (at === undefined) {
      steps.push({ name: failed ? 'no-answer' : name, from: zero + from, to: zero + ms });
      return steps.filter(({ from: begin, to }) => to - begin >= leastMs);
    }
    steps.push({ name, from: zero + from, to: zero + at });
    from = at;
  }
  steps.push({ name: 'answer', from: zero + from, to: zero + ms });
  return steps.filter(({ from: begin, to }) => to - begin >= leastMs);
}

function ranParts(parts: ToolCall['parts']): WaterfallStep[] {
  return parts.flatMap(({ kind, from, to }) => {
    if (kind === 'waiting' || to === null) return [];
    return [{ name: kind === 'doubt' ? ('no-answer' as const) : kind, from, to }];
  });
}
