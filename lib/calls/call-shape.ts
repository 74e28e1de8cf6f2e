/** A call at a glance: who spoke when, and where tools ran; ms from t = 0. */
export type CallShape = {
  durationMs: number;
  caller: [from: number, to: number][];
  agent: [from: number, to: number][];
  marks: { at: number; kind: 'read' | 'write' | 'failed' }[];
};

/** The few columns of an event that its shape is made of. */
export type ShapeRow = { type: string; at: number; effect: string | null };

export const shapeEventTypes = [
  'caller-speech-started',
  'caller-speech-ended',
  'agent-speech-started',
  'agent-speech-ended',
  'agent-speech-interrupted',
  'tool-started',
  'tool-failed',
  'tool-in-doubt',
  'call-ended',
  'call-failed',
] as const;

/** Folds the rows of one call, in their order, into its shape. */
export function callShape(rows: readonly ShapeRow[]): CallShape {
  const shape: CallShape = { durationMs: 0, caller: [], agent: [], marks: [] };
  let callerFrom: number | null = null;
  let agentFrom: number | null = null;
  for (const { type, at, effect } of rows) {
    shape.durationMs = Math.max(shape.durationMs, at);
    if (type === 'caller-speech-started') callerFrom = at;
    else if (type === 'caller-speech-ended' && callerFrom !== null) {
      shape.caller.push([callerFrom, at]);
      callerFrom = null;
    } else if (type === 'agent-speech-started') agentFrom = at;
    else if ((type === 'agent-speech-ended' || type === 'agent-speech-interrupted') && agentFrom !== null) {
      shape.agent.push([agentFrom, at]);
      agentFrom = null;
    } else if (type === 'tool-started') shape.marks.push({ at, kind: effect === 'read' ? 'read' : 'write' });
    else if (type === 'tool-failed' || type === 'tool-in-doubt') shape.marks.push({ at, kind: 'failed' });
  }
  if (callerFrom !== null) shape.caller.push([callerFrom, shape.durationMs]);
  if (agentFrom !== null) shape.agent.push([agentFrom, shape.durationMs]);
  return shape;
}
