/** A stretch of what was said, in characters. `question`: its sentence ends by asking. */
export type Clause = { text: string; from: number; to: number; question: boolean };

/** The sentences of what was said, cut where a new statement begins: `I booked it, and I've sent you a text`. */
export function clausesOf(said: string): Clause[] {
  return sentences(said).flatMap(({ text, from }) => {
    const question = text.endsWith('?');
    const starts = [0, ...[...text.matchAll(joint)].map((found) => found.index)];
    return starts.map((start, i) => {
      const piece = text.slice(start, starts[i + 1] ?? text.length);
      const lead = /^(?:[,;]?\s*(?:and|but|so)\b|[,;])?\s*/i.exec(start > 0 ? piece : '')?.[0].length ?? 0;
      const body = piece.slice(lead).replace(/[\s,;]+$/, '');
      return { text: body, from: from + start + lead, to: from + start + lead + body.length, question };
    });
  });
}

/** A dot ends a sentence only before a space and a new beginning, and not in `Dr. Weiss` or `8 p.m. on`. */
function sentences(said: string): { text: string; from: number }[] {
  const found = said.matchAll(/\S(?:[^.!?]|[.!?](?!\s|$)|(?<=\b(?:Dr|Mr|Mrs|Ms|St|No|[ap]\.m))\.(?=\s))*[.!?]*/g);
  return [...found].map((match) => ({ text: match[0].trim(), from: match.index }));
}

const subject =
  "(?:i|we|you|they|it|that|there|your|the|his|her|an?)(?:['’](?:ve|m|re|s|ll|d))?\\b(?! (?:same|first|second|third|latter|other))";
const verb =
  '(?:\\w+ )?(?:\\w+ ){0,3}?(?:is|are|was|were|has|have|had|will|would|can|could|comes?|costs?|contains?)\\b';
const done = '(?:restarted|sent|emailed|texted|booked|cancelled|canceled|changed|updated|added|reserved|refunded)\\b';

/** `, and your table is …`, ` and I've …`, ` and restarted your router`; not `margherita and the diavola`. */
const joint = new RegExp(
  `(?:,|;)? (?:and|but|so) (?=(?:i|we|you|they|it|there)(?:['’]\\w+)? \\w|${subject} ${verb}|${done})|[,;] (?=(?:i|we|you|they|it|there)['’](?:ve|re|s|m)? |(?:i|we) have |your ${verb})`,
  'gi',
);
