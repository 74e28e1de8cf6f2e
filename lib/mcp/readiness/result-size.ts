import type { ReadinessRule } from '#src/lib/mcp/readiness/tool-facts.ts';

const of = 20;

/** The answer is short enough to be said: a voice says some 15 characters a second. Measured on real answers. */
export const resultSize: ReadinessRule = ({ facts: { rawChars, runs = 0 } }) => {
  const rule = 'result-size';
  if (rawChars === undefined || rawChars === 0 || runs === 0)
    return { rule, ok: true, points: 0, of: 0, message: 'How long its answers are is not measured yet: try it.' };
  const points = rawChars <= 600 ? of : rawChars <= 2_000 ? 15 : rawChars <= 4_000 ? 10 : rawChars <= 16_000 ? 4 : 0;
  const size = `Result is ${rawChars.toLocaleString('en')} characters`;
  const message =
    points === of
      ? `${size}: it can be said.`
      : `${size}, ${sayingTime(rawChars)} to read out. Ask for fewer fields, or filter the output.`;
  return { rule, ok: points === of, points, of, message };
};

function sayingTime(characters: number): string {
  const seconds = characters / 15;
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60).toLocaleString('en')} min`;
}
