import type { ReadinessRule } from '#src/lib/mcp/readiness/tool-facts.ts';
import { wordsOf } from '#src/lib/mcp/readiness/words.ts';

const of = 20;
const long = 1_500;
const saysWhen =
  /\b(use (this|it|when|whenever|for|to|only|before|after|if)|call (this|it|when|before|after|only)|when (you|the|a|an|someone|asked|to|needed|users?|callers?)|whenever|useful (for|when)|before (you|using|calling|\w+ing)|after (you|\w+ing)|if (the|a|you)|only (use|call|works))\b/i;
const vague = /\b(stuff|things|various|misc|etc|and so on|somehow|handles? data|does something)\b/i;

/**
 * The description says what the tool does and when to call it: it is all a model has to choose by (TDQS purpose and usage;
 * arXiv:2602.14878).
 */
export const descriptionSaysWhen: ReadinessRule = ({ definition }) => {
  const rule = 'description';
  const text = (definition.description ?? '').trim();
  const answer = (points: number, message: string) => ({ rule, ok: points === of, points, of, message });
  if (text === '') return answer(0, 'It has no description: a model can only guess from its name.');
  const said = wordsOf(text);
  if (text.length < 20 || said === wordsOf(definition.name) || said.split(' ').length < 4)
    return answer(5, 'Description says little more than the name. Say what it does and when to call it.');
  const start = text.slice(0, 20_000);
  const when = saysWhen.test(start);
  if (text.length > long)
    return answer(
      when ? 10 : 5,
      `Description has ${text.length.toLocaleString('en')} characters: a model reads them on every turn. Say it in a paragraph.`,
    );
  if (vague.test(start)) return answer(when ? 14 : 9, 'Description is vague. Name what goes in and what comes out.');
  if (!when) return answer(13, 'Description says what it does, but not when to call it.');
  return answer(of, 'Description says when to call it.');
};
