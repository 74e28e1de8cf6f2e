import type { SpokenLanguage } from '#src/lib/assistants/spoken-language.ts';
import type { CallEventData } from '#src/lib/calls/call-event.ts';
import type { AgentTurn, CallerTurn, CallNote, ModelRun, Span, ToolCall } from '#src/lib/calls/call-item.ts';
import { createPlaces, type Places } from '#src/lib/calls/places.ts';

/** What a server asks in the middle of a tool call. */
export type OpenQuestion = CallEventData<'question-asked'>;

/** What a call has come to after some of its events. The next one changes it in place. */
export type CallState = {
  /** Wall time of t = 0 in ms, null before the agent joined. */
  zeroAt: number | null;
  /** The newest moment that the log knows of, ms from t = 0. */
  lastAt: number;
  ending: { at: number; failed: boolean; text: string } | null;
  /** When the caller joined first, ms from t = 0; null before. */
  callerAt: number | null;
  /** What the agent speaks; null before it joined, and where nobody wrote it down. */
  language: SpokenLanguage | null;
  /** The caller is heard, but no turn was made of it yet. */
  heard: Span[];
  /** The caller spoke while the agent did, and has not finished that turn. */
  cutIn: boolean;
  notes: CallNote[];
  caller: CallerTurn[];
  agent: Places<AgentTurn>;
  tools: Places<ToolCall>;
  models: Places<ModelRun>;
  /** Ids of the runs that go on, the newest last. */
  openModels: string[];
  /** What servers ask just now, and nobody has answered. */
  questions: readonly OpenQuestion[];
  /** How many times something was left for a person to do. */
  followUps: number;
};

/** A call of which nothing is known but its clock. */
export function openState(zeroAt: number | null): CallState {
  return {
    zeroAt,
    lastAt: 0,
    ending: null,
    callerAt: null,
    language: null,
    heard: [],
    cutIn: false,
    notes: [],
    caller: [],
    agent: createPlaces(),
    tools: createPlaces(),
    models: createPlaces(),
    openModels: [],
    questions: [],
    followUps: 0,
  };
}
