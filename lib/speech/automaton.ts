import { type Expansion, parseExpansion } from '#src/lib/speech/expansion.ts';
import type { Grammar } from '#src/lib/speech/grammar.ts';

/** A deterministic automaton over words. State 0 is the start. */
export type Automaton = { states: { next: Map<string, number>; final: boolean }[] };

const mostStates = 60_000;

/**
 * Compiles the rule `say` of a grammar. The recogniser's own compiler makes a copy of a rule for each use and then closes over
 * all empty transitions, which takes minutes for a grammar of a dozen tools; this one is minimal and has none.
 * Throws a RangeError when the grammar is too large or refers to itself.
 */
export function compileGrammar(grammar: Grammar): Automaton {
  const sources = new Map(grammar.rules.map((rule) => [rule.name, rule.alternatives]));
  const done = new Map<string, Automaton>();
  const underway = new Set<string>();
  // Each rule is made small before it is copied to where it is used.
  const compiled = (name: string): Automaton => {
    const known = done.get(name);
    if (known) return known;
    if (underway.has(name)) throw new RangeError(`The rule ${name} refers to itself.`);
    underway.add(name);
    const options = (sources.get(name) ?? []).map(parseExpansion);
    const automaton = minimal(deterministic(build({ type: 'either', options }, compiled)));
    underway.delete(name);
    done.set(name, automaton);
    return automaton;
  };
  return compiled('say');
}

type Loose = { empty: number[][]; words: [string, number][][]; end: number };

/** Thompson's construction: an automaton with empty transitions, from state 0 to `end`. */
function build(expansion: Expansion, compiled: (name: string) => Automaton): Loose {
  const loose: Loose = { empty: [[]], words: [[]], end: 0 };
  const state = (): number => {
    if (loose.empty.length >= mostStates) throw new RangeError('The grammar is too large.');
    loose.words.push([]);
    return loose.empty.push([]) - 1;
  };
  const link = (from: number, to: number): void => void loose.empty[from]?.push(to);
  const copy = (automaton: Automaton, from: number): number => {
    const own = automaton.states.map(() => state());
    const to = state();
    link(from, own[0] ?? to);
    for (const [i, { next, final }] of automaton.states.entries()) {
      const here = own[i] ?? to;
      for (const [word, target] of next) loose.words[here]?.push([word, own[target] ?? to]);
      if (final) link(here, to);
    }
    return to;
  };
  const add = (part: Expansion, from: number): number => {
    switch (part.type) {
      case 'word': {
        const to = state();
        loose.words[from]?.push([part.word, to]);
        return to;
      }
      case 'rule':
        return copy(compiled(part.name), from);
      case 'sequence':
        return part.parts.reduce((at, one) => add(one, at), from);
      case 'either': {
        const to = state();
        for (const option of part.options) {
          // A state of its own, so that a loop in one option does not lead into the others.
          const start = state();
          link(from, start);
          link(add(option, start), to);
        }
        return to;
      }
      case 'optional': {
        const to = state();
        link(from, to);
        link(add(part.part, from), to);
        return to;
      }
      case 'repeat': {
        const start = state();
        link(from, start);
        const to = state();
        link(add(part.part, start), to);
        link(to, start);
        if (part.least === 0) link(start, to);
        return to;
      }
    }
  };
  loose.end = add(expansion, 0);
  return loose;
}

/** The subset construction. */
function deterministic({ empty, words, end }: Loose): Automaton {
  const closures = new Map<number, number[]>();
  const closure = (state: number): number[] => {
    const known = closures.get(state);
    if (known) return known;
    const seen = new Set([state]);
    const waiting = [state];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const to of empty[at] ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        waiting.push(to);
      }
    }
    // Only states that lead on by a word, or end, tell sets apart.
    const kept = [...seen].filter((one) => one === end || (words[one]?.length ?? 0) > 0);
    closures.set(state, kept);
    return kept;
  };
  const states: Automaton['states'] = [];
  const numbers = new Map<string, number>();
  const waiting: { number: number; members: number[] }[] = [];
  const enter = (targets: readonly number[]): number => {
    const members = [...new Set(targets.flatMap(closure))].sort((a, b) => a - b);
    const key = members.join(' ');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    if (states.length >= mostStates) throw new RangeError('The grammar is too large.');
    const number = states.push({ next: new Map(), final: members.includes(end) }) - 1;
    numbers.set(key, number);
    waiting.push({ number, members });
    return number;
  };
  enter([0]);
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const targets = new Map<string, number[]>();
    for (const member of at.members) {
      for (const [word, to] of words[member] ?? []) {
        const known = targets.get(word);
        if (known) known.push(to);
        else targets.set(word, [to]);
      }
    }
    // In the order of the alphabet, so that equal states look equal.
    for (const word of [...targets.keys()].sort()) states[at.number]?.next.set(word, enter(targets.get(word) ?? []));
  }
  return { states };
}

/** Merges states that cannot be told apart (Moore's refinement). */
function minimal({ states }: Automaton): Automaton {
  let classes: number[] = states.map((state) => (state.final ? 1 : 0));
  for (let count = 0; ; ) {
    const names = new Map<string, number>();
    const refined = states.map((state, i) => {
      let name = `${classes[i]}`;
      for (const [word, to] of state.next) name += ` ${word}>${classes[to]}`;
      const known = names.get(name) ?? names.size;
      names.set(name, known);
      return known;
    });
    classes = refined;
    if (names.size === count) break;
    count = names.size;
  }
  const merged: Automaton['states'] = [];
  for (const [i, state] of states.entries()) {
    const own = classes[i] ?? 0;
    merged[own] ??= {
      final: state.final,
      next: new Map([...state.next].map(([word, to]) => [word, classes[to] ?? 0])),
    };
  }
  return { states: merged };
}

/** The automaton in the recogniser's own text form (FSG); null when nothing can be said. */
export function toFsg(automaton: Automaton): string | null {
  const { states } = automaton;
  if (!states.some((state) => state.final)) return null;
  const end = states.length;
  const lines = ['FSG_BEGIN patchbay', `NUM_STATES ${end + 1}`, 'START_STATE 0', `FINAL_STATE ${end}`];
  for (const [i, { next, final }] of states.entries()) {
    for (const [word, to] of next) lines.push(`TRANSITION ${i} ${to} 1.0 ${word}`);
    if (final) lines.push(`TRANSITION ${i} ${end} 1.0`);
  }
  return [...lines, 'FSG_END', ''].join('\n');
}
