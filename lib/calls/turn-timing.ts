import type { CallEvent } from '#src/lib/calls/call-event.ts';

export type TurnMark = {
  name: 'transcript' | 'committed' | 'first-token' | 'tools' | 'sound';
  /** After the caller's last sound, ms. */
  ms: number;
};

export type TurnTiming = {
  /** In the order of the clock: a model may begin before the turn is certain. */
  marks: TurnMark[];
  /** What the models of the turn read and wrote; null where they do not tell. `cost` in US dollars, null where a price is missing. */
  tokens: { input: number; output: number; cost: number | null } | null;
  /** The rounds of the model, the newest last. */
  rounds: { seq: number; model: string; kept: boolean }[];
};

/** Where the time between the caller's last sound and the agent's first went; null for what answers nobody. */
export function turnTiming(events: readonly CallEvent[], speechId: string): TurnTiming | null {
  const sound = events.find((event) => event.type === 'agent-speech-started' && event.data.speechId === speechId);
  if (sound?.type !== 'agent-speech-started' || sound.turnId === undefined || sound.at === null) return null;
  const { turnId, at: soundAt } = sound;
  const own = events.filter((event) => event.turnId === turnId);
  const committed = own.find((event) => event.type === 'turn-committed');
  const started = own.filter((event) => event.type === 'model-started' && (event.at ?? 0) <= soundAt);
  const answered = own.filter((event) => event.type === 'model-answered');
  const rounds = started.flatMap((event) =>
    event.type === 'model-started'
      ? [{ seq: event.seq, model: event.data.model, kept: event.data.prompt !== undefined }]
      : [],
  );
  const tokens = tokensOf(answered);
  const end = endOfSpeech(own, sound.data.delayMs === null ? null : soundAt - sound.data.delayMs);
  if (end === null) return { marks: [], tokens, rounds };
  const marks: TurnMark[] = [];
  const mark = (name: TurnMark['name'], at: number | null | undefined) => {
    if (at !== null && at !== undefined) marks.push({ name, ms: Math.max(0, Math.round(at - end)) });
  };
  if (committed?.type === 'turn-committed') {
    if (committed.data.transcriptMs !== undefined) mark('transcript', end + committed.data.transcriptMs);
    mark('committed', committed.at);
  }
  const [first] = started;
  const [token] = answered;
  if (first && first.at !== null && token?.type === 'model-answered' && token.data.firstTokenMs !== null)
    mark('first-token', first.at + token.data.firstTokenMs);
  const tool = own.findLast(
    ({ type, at }) => (type === 'tool-succeeded' || type === 'tool-failed') && at !== null && at <= soundAt,
  );
  mark('tools', tool?.at);
  mark('sound', soundAt);
  marks.sort((a, b) => a.ms - b.ms);
  return { marks, tokens, rounds };
}

/** The caller's last sound: as the answer's own delay tells, else where it was heard to end. Null for a turn that was typed. */
function endOfSpeech(own: readonly CallEvent[], told: number | null): number | null {
  if (told !== null) return told;
  const committed = own.find((event) => event.type === 'turn-committed');
  if (committed?.type === 'turn-committed' && committed.data.source === 'typed') return committed.at;
  return own.findLast((event) => event.type === 'caller-speech-ended')?.at ?? null;
}

function tokensOf(answered: readonly CallEvent[]): TurnTiming['tokens'] {
  let input = 0;
  let output = 0;
  let cost: number | null = 0;
  for (const event of answered) {
    if (event.type !== 'model-answered') continue;
    input += event.data.inputTokens ?? 0;
    output += event.data.outputTokens ?? 0;
    cost = cost === null || event.data.cost === undefined ? null : cost + event.data.cost;
  }
  return input + output === 0 ? null : { input, output, cost };
}
