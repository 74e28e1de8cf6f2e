import { isQuantity, toolWords } from '#src/lib/rehearsal/questions.ts';
import { saySlotValue } from '#src/lib/rehearsal/say-value.ts';
import { type Slot, slotKey } from '#src/lib/rehearsal/slot.ts';
import type { KnownTool } from '#src/lib/rehearsal/tool-match.ts';
import { conceptOf, identifierWords, isFiller, wordsOf } from '#src/lib/rehearsal/words.ts';

/** A part of a request: words as they are, or the value of a slot. */
export type RequestPart = { words: string } | { slot: Slot };
export type RequestTemplate = RequestPart[];

/** The ways to ask for a tool, from its own words: name, title, the first sentence of its description, and its phrases. */
export function requestTemplates(tool: KnownTool): RequestTemplate[] {
  return [
    ...tool.phrases.map((phrase) => fromPhrase(tool, phrase)),
    ...questions(tool),
    ...fromDescription(tool),
    ...fromTitle(tool),
    ...wishes(tool),
  ];
}

/** One good sentence that asks for a tool: `book a table`, `how many margherita are left`. */
export function exampleRequest(tool: KnownTool): string {
  const [template = [{ words: toolWords(tool) }]] = [
    ...tool.phrases.map((phrase) => [{ words: phrase }]),
    ...questions(tool),
    ...fromTitle(tool),
  ];
  return template
    .map((part) => ('words' in part ? part.words : exampleValue(part.slot)))
    .filter(Boolean)
    .join(' ')
    .toLowerCase();
}

/** A rehearsal phrase, with its values free: `how many {item} pizzas are left`. */
function fromPhrase(tool: KnownTool, phrase: string): RequestTemplate {
  let parts: RequestTemplate = [{ words: phrase.toLowerCase() }];
  for (const slot of tool.form.slots) {
    if (slot.kind.type !== 'choice') continue;
    for (const { words } of [...slot.kind.choices].sort((a, b) => b.words.length - a.words.length)) {
      const found = split(parts, new RegExp(`\\b${escaped(words)}s?\\b`), slot);
      if (!found) continue;
      parts = found;
      break;
    }
  }
  const number = tool.form.slots.find((slot) => slot.kind.type === 'number');
  if (!number) return parts;
  return (
    split(
      parts,
      /\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\b(?! ?(?:o'clock|am|pm|:))(?<!\b(?:at|past|to) \w+)/,
      number,
    ) ?? parts
  );
}

/** Plain questions for what a tool is plainly about. */
function questions(tool: KnownTool): RequestTemplate[] {
  const concepts = new Set(
    wordsOf(
      `${identifierWords(tool.definition.name)} ${tool.definition.title ?? ''} ${tool.definition.description ?? ''}`,
    ).map(conceptOf),
  );
  const slot = tool.form.slots.find((one) => one.kind.type === 'choice' || (one.kind.type === 'text' && one.required));
  if (!slot || tool.effect === 'write') return [];
  const about = (before: string, after = ''): RequestTemplate => [
    { words: before },
    { slot },
    ...(after ? [{ words: after }] : []),
  ];
  if (concepts.has('~stock') && slot.required)
    return [
      about('how many', 'are left'),
      about('how many', 'do you have'),
      about('is there any', 'left'),
      about('do you have'),
    ];
  if (concepts.has('~pric') && slot.required)
    return [about('how much is'), about('what does', 'cost'), about('what is the price of')];
  if (concepts.has('~weath')) return [about('what is the weather in'), about('how is the weather in')];
  return [];
}

/** The first sentence of a description, as one would ask: `Tells how many of a dish are left` is a question, `Cancels a booking` a wish. */
function fromDescription(tool: KnownTool): RequestTemplate[] {
  const words =
    (tool.definition.description ?? '')
      .split(/[.;:,(]/)[0]
      ?.toLowerCase()
      .replace(/[^a-z' ]/g, ' ')
      .trim()
      .split(/\s+/) ?? [];
  const [verb = '', ...rest] = words;
  if (words.length < 2 || words.length > 12) return [];
  if (/^(?:how|what|which|when|where|who)$/.test(rest[0] ?? '')) return shortened(withSlots(tool, rest.join(' ')));
  const imperative = /[^s]s$/.test(verb) ? verb.replace(/(?<=(?:sh|ch|x|ss))es$|s$/, '') : verb;
  const trimmed = rest.join(' ').replace(/ (?:for|by|with|of|in|to|from|on|that|which|and|or|by) .*$/, '');
  return trimmed ? [[{ words: `${imperative} ${trimmed}` }]] : [];
}

function fromTitle(tool: KnownTool): RequestTemplate[] {
  const title = toolWords(tool)
    .toLowerCase()
    .replace(/[^a-z0-9' ]/g, ' ')
    .trim();
  const [verb = '', ...rest] = identifierWords(tool.definition.name).split(' ');
  const object = rest.join(' ');
  // What is made new has no "the"; what is changed has. Both at once would only be taken for each other.
  const isNew =
    tool.effect === 'write' &&
    !/^(?:cancel|update|change|move|reschedule|delete|remove|edit|set|close|confirm)$/.test(verb);
  const article = /^[aeiou]/.test(object) ? 'an' : 'a';
  const articles = isNew ? [article] : ['the', 'my', article];
  const named = object ? [`${verb} ${object}`, ...articles.map((one) => `${verb} ${one} ${object}`)] : [verb];
  const questions =
    /^(?:get|list|show|read|fetch)$/.test(verb) && object
      ? [`what is the ${object}`, `what is on the ${object}`, `show me the ${object}`]
      : [];
  const moved =
    verb === 'reschedule' || verb === 'move'
      ? [`move my ${object}`]
      : verb === 'update'
        ? [`change my ${object}`, `change the ${object}`, `change ${object}`]
        : [];
  return [...new Set([title, ...named, ...questions, ...moved])].filter(Boolean).map((words) => [{ words }]);
}

/** `I would like two margheritas`, for what is ordered or booked. */
function wishes(tool: KnownTool): RequestTemplate[] {
  const thing = tool.form.slots.find(
    (slot) => slot.kind.type === 'choice' && !slot.kind.choices.some((choice) => /^\d/.test(choice.words)),
  );
  const count = tool.form.slots.find(isQuantity);
  if (tool.effect !== 'write' || !thing || !thing.required) return [];
  const what: RequestTemplate = count ? [{ slot: count }, { slot: thing }] : [{ slot: thing }];
  return ['i would like', "i'd like", 'i want', 'can i have', 'i would like to order', 'order', ''].map((lead) =>
    lead ? [{ words: lead }, ...what] : what,
  );
}

/** Puts slots where a description speaks of them: `how many of a dish` has a dish's name. */
function withSlots(tool: KnownTool, text: string): RequestTemplate {
  let parts: RequestTemplate = [{ words: text }];
  for (const slot of tool.form.slots) {
    if (slot.kind.type !== 'choice' && slot.kind.type !== 'text') continue;
    const nouns = wordsOf(slot.about)
      .filter((word) => !isFiller(word))
      .slice(0, 4)
      .map((word) => escaped(word.text));
    if (nouns.length === 0) continue;
    parts =
      split(
        parts,
        new RegExp(`(?:\\bof )?(?:\\b(?:a|an|the|each|every|this|given|some) )+(?:${nouns.join('|')})s?\\b`),
        slot,
      ) ?? parts;
  }
  return parts;
}

/** Also without `today`, `now` and the like at the end. */
function shortened(template: RequestTemplate): RequestTemplate[] {
  const last = template.at(-1);
  if (!last || !('words' in last)) return [template];
  const words = last.words.replace(/ (?:today|now|currently|at the moment|right now)$/, '');
  return words === last.words ? [template] : [[...template.slice(0, -1), { words }], template];
}

function split(parts: RequestTemplate, pattern: RegExp, slot: Slot): RequestTemplate | null {
  for (const [i, part] of parts.entries()) {
    const match = 'words' in part ? pattern.exec(part.words) : null;
    if (!match || !('words' in part)) continue;
    const before = part.words.slice(0, match.index).trim();
    const after = part.words.slice(match.index + match[0].length).trim();
    return [
      ...parts.slice(0, i),
      ...(before ? [{ words: before }] : []),
      { slot },
      ...(after ? [{ words: after }] : []),
      ...parts.slice(i + 1),
    ];
  }
  return null;
}

function exampleValue(slot: Slot): string {
  if (slot.kind.type === 'choice') return saySlotValue(slot, slot.kind.choices[0]?.value ?? '');
  if (slot.kind.type === 'number') return 'two';
  if (slot.kind.type === 'text') return slot.kind.examples[0] ?? slotKey(slot.path.slice(-1)).replace(/_/g, ' ');
  return '';
}

function escaped(words: string): string {
  return words.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
