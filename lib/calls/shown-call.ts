import type { AgentTurn, CallerTurn, CallItem, CallNote, ModelRun, Span, ToolCall } from '#src/lib/calls/call-item.ts';
import type { CallState } from '#src/lib/calls/call-state.ts';
import { createItemOrder } from '#src/lib/calls/item-order.ts';
import { createKeptList } from '#src/lib/calls/kept-list.ts';
import { shownSpan, shownTool, shownTurn } from '#src/lib/calls/shown-items.ts';
import { createClaimJudge } from '#src/lib/claims/claim-judge.ts';

/** The items of a call, in lists that no later event changes. */
export type ShownCall = {
  /** Turns, tool calls and remarks in the order of the clock. */
  items: CallItem[];
  notes: CallNote[];
  caller: CallerTurn[];
  agent: AgentTurn[];
  tools: ToolCall[];
  models: ModelRun[];
  /** The caller is heard, but no turn was made of it yet. */
  unfinished: Span[];
};

/** Shows one call again and again: only what its state tells to have changed is made anew. */
export function createShownCall() {
  const judge = createClaimJudge();
  const items = createItemOrder();
  const caller = createKeptList<CallerTurn>();
  const agent = createKeptList<AgentTurn>();
  const tools = createKeptList<ToolCall>();
  const models = createKeptList<ModelRun>();
  const notes = createKeptList<CallNote>();
  let unfinished: Span[] = [];

  const showAgent = (state: CallState, endAt: number | null) => {
    const turns = new Map(state.agent.takeTouched().map(([place, turn]) => [place, shownTurn(turn, endAt)]));
    for (const [place, turn] of turns) judge.said(place, turn);
    const judged = judge.settle();
    for (const place of new Set([...turns.keys(), ...judged.keys()])) {
      const before = agent.at(place);
      const turn = turns.get(place) ?? before;
      if (!turn) continue;
      const next = { ...turn, claims: judged.get(place) ?? before?.claims ?? [] };
      agent.set(place, next);
      items.set(place, next);
    }
  };

  return {
    show(state: CallState): ShownCall {
      const endAt = state.ending?.at ?? null;
      for (const note of state.notes.slice(notes.count())) {
        items.set(notes.count(), note);
        notes.set(notes.count(), note);
      }
      for (const turn of state.caller.slice(caller.count())) {
        items.set(caller.count(), turn);
        caller.set(caller.count(), turn);
      }
      for (const [place, call] of state.tools.takeTouched()) {
        const shown = shownTool(call, endAt);
        tools.set(place, shown);
        items.set(place, shown);
        judge.ran(place, shown);
      }
      showAgent(state, endAt);
      for (const [place, run] of state.models.takeTouched()) models.set(place, shownSpan(run, endAt));
      const heard = state.heard.map((span) => shownSpan(span, endAt));
      if (!alike(unfinished, heard)) unfinished = heard;
      return {
        items: items.get(),
        notes: notes.get(),
        caller: caller.get(),
        agent: agent.get(),
        tools: tools.get(),
        models: models.get(),
        unfinished,
      };
    },
  };
}

function alike(one: readonly Span[], other: readonly Span[]): boolean {
  return one.length === other.length && one.every(({ from, to }, i) => from === other[i]?.from && to === other[i]?.to);
}
