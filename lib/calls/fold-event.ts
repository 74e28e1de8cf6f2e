import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { callNote } from '#src/lib/calls/call-note.ts';
import type { CallState } from '#src/lib/calls/call-state.ts';
import { applyToolEvent, startTool } from '#src/lib/calls/tool-view.ts';

/** Takes one more event of a call in; changes `state`. */
export function foldEvent(state: CallState, event: CallEvent): void {
  const { zeroAt } = state;
  const told = event.at ?? (zeroAt === null ? null : Date.parse(event.recordedAt) - zeroAt);
  // What becomes of a call later, days later even, stands at its end.
  const at = told === null || state.ending === null ? told : Math.min(told, state.ending.at);
  if (at !== null) state.lastAt = Math.max(state.lastAt, at);
  const here = at ?? state.lastAt;
  const note = callNote(event, at);
  if (note) state.notes.push(note);

  switch (event.type) {
    case 'call-started':
      state.language = event.data.language ?? null;
      break;
    case 'caller-joined':
      state.callerAt ??= here;
      break;
    case 'caller-speech-started':
      state.heard.push({ from: here, to: null });
      break;
    case 'caller-speech-ended': {
      const open = state.heard.at(-1);
      if (open && open.to === null) open.to = here;
      else state.heard.push({ from: here - event.data.ms, to: here });
      break;
    }
    case 'turn-committed':
    case 'caller-not-understood':
      commitTurn(state, event, here);
      break;
    case 'agent-speech-started':
    case 'agent-speech-interrupted':
    case 'agent-speech-ended':
      foldSpeech(state, event, here);
      break;
    case 'model-started':
    case 'model-answered':
    case 'model-failed':
      foldModel(state, event, here);
      break;
    case 'tool-started':
    case 'tool-waiting':
    case 'tool-progress':
    case 'tool-measured':
    case 'tool-exchanged':
    case 'tool-confirmed':
    case 'tool-declined':
    case 'tool-succeeded':
    case 'tool-failed':
    case 'tool-in-doubt':
      foldTool(state, event, here);
      break;
    case 'call-ended':
    case 'call-failed':
      state.ending = { at: here, failed: event.type === 'call-failed', text: note?.text ?? 'Ended' };
      // What went on until now is over.
      state.agent.touch((turn) => turn.span.to === null);
      state.tools.touch((call) => call.state === 'waiting' || call.parts.some((part) => part.to === null));
      state.models.touch((run) => run.to === null);
      state.questions = [];
      break;
    case 'question-asked':
      state.questions = [...othersThan(state, event.data.questionId), event.data];
      break;
    case 'question-answered':
      state.questions = othersThan(state, event.data.questionId);
      break;
    case 'follow-up-created':
      state.followUps++;
      break;
    default:
      break;
  }
}

function othersThan({ questions }: CallState, id: string): CallState['questions'] {
  return questions.filter(({ questionId }) => questionId !== id);
}

type EventOf<T extends CallEvent['type']> = Extract<CallEvent, { type: T }>;

function commitTurn(state: CallState, event: EventOf<'turn-committed' | 'caller-not-understood'>, here: number): void {
  const spoken = event.type === 'caller-not-understood' || event.data.source === 'spoken';
  const spans = spoken ? state.heard.map((span) => ({ from: span.from, to: span.to ?? here })) : [];
  if (spoken) state.heard = [];
  state.caller.push({
    kind: 'caller',
    id: `turn-${event.seq}`,
    at: spans[0]?.from ?? here,
    spans,
    text: event.type === 'turn-committed' ? event.data.text : event.data.heard,
    wordsAt: event.type === 'turn-committed' ? event.data.wordsAt : undefined,
    source: spoken ? 'spoken' : 'typed',
    confidence: event.data.confidence,
    understood: event.type === 'turn-committed',
    interrupted: state.cutIn,
  });
  state.cutIn = false;
}

function foldSpeech(
  state: CallState,
  event: EventOf<`agent-speech-${string}` & CallEvent['type']>,
  here: number,
): void {
  const { speechId } = event.data;
  if (event.type === 'agent-speech-started') {
    const { text, kind, delayMs } = event.data;
    const span = { from: here, to: null };
    state.agent.put(speechId, {
      kind: 'agent',
      id: speechId,
      at: here,
      span,
      text,
      speech: kind,
      delayMs,
      cut: null,
      claims: [],
    });
    return;
  }
  const turn = state.agent.change(speechId);
  if (!turn) return;
  if (event.type === 'agent-speech-interrupted') {
    const { heard, unheard } = event.data;
    turn.span.to ??= here;
    turn.cut = { heard, unheard, at: here };
    turn.text = `${heard} ${unheard}`.trim();
    state.cutIn = true;
  } else if (!turn.cut) {
    turn.span.to = here;
    turn.text = event.data.text;
  }
}

function foldModel(
  state: CallState,
  event: EventOf<'model-started' | 'model-answered' | 'model-failed'>,
  here: number,
): void {
  const id = `model-${event.seq}`;
  const { model } = event.data;
  const fresh = { to: null, model, failed: false, firstTokenMs: null };
  if (event.type === 'model-started') {
    state.models.put(id, { id, from: here, round: event.data.round, ...fresh });
    state.openModels.push(id);
    return;
  }
  const open = state.openModels.pop();
  const known = open === undefined ? undefined : state.models.change(open);
  const run = known ?? { id, from: here - event.data.ms, round: 1, ...fresh };
  if (!known) state.models.put(id, run);
  run.to = here;
  run.failed = event.type === 'model-failed';
  if (event.type === 'model-answered') run.firstTokenMs = event.data.firstTokenMs;
}

function foldTool(state: CallState, event: EventOf<`tool-${string}` & CallEvent['type']>, here: number): void {
  const id = event.toolCallId ?? `tool-${event.seq}`;
  const known = state.tools.change(id);
  const call = known ?? startTool(id, event, here);
  if (!known) state.tools.put(id, call);
  // A call that begins with its start knows that event already.
  if (known || event.type !== 'tool-started') applyToolEvent(call, event, here);
}
