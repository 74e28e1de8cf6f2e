import type { SpokenLanguage } from '#src/lib/assistants/spoken-language.ts';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import type { AgentTurn, CallerTurn, CallItem, CallNote, ModelRun, Span, ToolCall } from '#src/lib/calls/call-item.ts';
import { callNote } from '#src/lib/calls/call-note.ts';
import { applyToolEvent, decline, startTool } from '#src/lib/calls/tool-view.ts';
import { judgeClaims } from '#src/lib/claims/judge-claims.ts';

/** A call as a page shows it, live or afterwards. */
export type CallView = {
  /** Turns, tool calls and remarks in the order of the clock. */
  items: CallItem[];
  caller: CallerTurn[];
  agent: AgentTurn[];
  tools: ToolCall[];
  models: ModelRun[];
  /** The caller is heard, but no turn was made of it yet. */
  unfinished: Span[];
  /** Wall time of t = 0 in ms, null before the agent joined. */
  zeroAt: number | null;
  /** What the agent speaks; null before it joined, and where nobody wrote it down. */
  language: SpokenLanguage | null;
  /** The newest moment that the log knows of, ms from t = 0. */
  lastAt: number;
  ending: { at: number; failed: boolean; text: string } | null;
  /** When the caller joined first, ms from t = 0; null before. */
  callerAt: number | null;
};

/** What the caller waits at most before an answer is called slow, ms. */
export const replyBudgetMs = 1500;

/** Folds the log of one call into its view. Pure: the same events give the same view, in any number of steps. */
export function callView(events: readonly CallEvent[]): CallView {
  const zeroAt = zero(events);
  const caller: CallerTurn[] = [];
  const agent = new Map<string, AgentTurn>();
  const tools = new Map<string, ToolCall>();
  const models: ModelRun[] = [];
  const notes: CallNote[] = [];
  let heard: Span[] = [];
  let cutIn = false;
  let lastAt = 0;
  let ending: CallView['ending'] = null;
  let callerAt: number | null = null;
  let language: SpokenLanguage | null = null;

  for (const event of events) {
    const told = event.at ?? (zeroAt === null ? null : Date.parse(event.recordedAt) - zeroAt);
    // What becomes of a call later, days later even, stands at its end.
    const at: number | null = told === null || ending === null ? told : Math.min(told, ending.at);
    if (at !== null) lastAt = Math.max(lastAt, at);
    const here: number = at ?? lastAt;
    const note = callNote(event, at);
    if (note) notes.push(note);

    switch (event.type) {
      case 'call-started':
        language = event.data.language ?? null;
        break;
      case 'caller-joined':
        callerAt ??= here;
        break;
      case 'caller-speech-started':
        heard.push({ from: here, to: null });
        break;
      case 'caller-speech-ended': {
        const open = heard.at(-1);
        if (open && open.to === null) open.to = here;
        else heard.push({ from: here - event.data.ms, to: here });
        break;
      }
      case 'turn-committed':
      case 'caller-not-understood': {
        const spoken = event.type === 'caller-not-understood' || event.data.source === 'spoken';
        const spans = spoken ? heard.map((span) => ({ from: span.from, to: span.to ?? here })) : [];
        if (spoken) heard = [];
        caller.push({
          kind: 'caller',
          id: `turn-${event.seq}`,
          at: spans[0]?.from ?? here,
          spans,
          text: event.type === 'turn-committed' ? event.data.text : event.data.heard,
          wordsAt: event.type === 'turn-committed' ? event.data.wordsAt : undefined,
          source: spoken ? 'spoken' : 'typed',
          confidence: event.data.confidence,
          understood: event.type === 'turn-committed',
          interrupted: cutIn,
        });
        cutIn = false;
        break;
      }
      case 'agent-speech-started':
        agent.set(event.data.speechId, {
          kind: 'agent',
          id: event.data.speechId,
          at: here,
          span: { from: here, to: null },
          text: event.data.text,
          speech: event.data.kind,
          delayMs: event.data.delayMs,
          cut: null,
          claims: [],
        });
        break;
      case 'agent-speech-interrupted': {
        const turn = agent.get(event.data.speechId);
        if (!turn) break;
        turn.span.to ??= here;
        turn.cut = { heard: event.data.heard, unheard: event.data.unheard, at: here };
        turn.text = `${event.data.heard} ${event.data.unheard}`.trim();
        cutIn = true;
        break;
      }
      case 'agent-speech-ended': {
        const turn = agent.get(event.data.speechId);
        if (!turn || turn.cut) break;
        turn.span.to = here;
        turn.text = event.data.text;
        break;
      }
      case 'model-started':
        models.push({
          id: `model-${event.seq}`,
          from: here,
          to: null,
          model: event.data.model,
          round: event.data.round,
          failed: false,
          firstTokenMs: null,
        });
        break;
      case 'model-answered':
      case 'model-failed': {
        const open = models.findLast((run) => run.to === null);
        const run = open ?? {
          id: `model-${event.seq}`,
          from: here - event.data.ms,
          to: null,
          model: event.data.model,
          round: 1,
          failed: false,
          firstTokenMs: null,
        };
        if (!open) models.push(run);
        run.to = here;
        run.failed = event.type === 'model-failed';
        if (event.type === 'model-answered') run.firstTokenMs = event.data.firstTokenMs;
        break;
      }
      case 'tool-started': {
        const id = event.toolCallId ?? `tool-${event.seq}`;
        const known = tools.get(id);
        if (known) applyToolEvent(known, event, here);
        else tools.set(id, startTool(id, event, here));
        break;
      }
      case 'tool-waiting':
      case 'tool-progress':
      case 'tool-measured':
      case 'tool-exchanged':
      case 'tool-confirmed':
      case 'tool-declined':
      case 'tool-succeeded':
      case 'tool-failed':
      case 'tool-in-doubt': {
        const id = event.toolCallId ?? `tool-${event.seq}`;
        const call = tools.get(id) ?? startTool(id, event, here);
        tools.set(id, call);
        applyToolEvent(call, event, here);
        break;
      }
      case 'call-ended':
      case 'call-failed':
        ending = { at: here, failed: event.type === 'call-failed', text: note?.text ?? 'Ended' };
        break;
      default:
        break;
    }
  }

  if (ending) closeAll(ending.at, heard, [...agent.values()], models, [...tools.values()]);
  for (const claim of judgeClaims({ agent: [...agent.values()], tools: [...tools.values()] })) {
    agent.get(claim.turnId)?.claims.push(claim);
  }
  const items: CallItem[] = [...notes, ...caller, ...agent.values(), ...tools.values()];
  items.sort((a, b) => (a.at ?? Number.NEGATIVE_INFINITY) - (b.at ?? Number.NEGATIVE_INFINITY));
  return {
    items,
    caller,
    agent: [...agent.values()],
    tools: [...tools.values()],
    models,
    unfinished: heard,
    zeroAt,
    language,
    lastAt,
    ending,
    callerAt,
  };
}

function zero(events: readonly CallEvent[]): number | null {
  const started = events.find((event) => event.type === 'call-started');
  return started ? Date.parse(started.recordedAt) - (started.at ?? 0) : null;
}

/** Nothing goes on after the end, also when the process died before it could say so. */
function closeAll(at: number, heard: Span[], agent: AgentTurn[], models: ModelRun[], tools: ToolCall[]) {
  for (const span of [...heard, ...agent.map((turn) => turn.span), ...models, ...tools.flatMap((tool) => tool.parts)]) {
    span.to ??= at;
  }
  // Whoever waited for a yes when the process died was never sent.
  for (const tool of tools) {
    if (tool.state === 'waiting' && tool.waiting?.for !== 'server') decline(tool, { reason: 'ended', name: null });
  }
}
