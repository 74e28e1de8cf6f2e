import { z } from 'zod';

/** What a million tokens cost at a provider, US dollars. */
export const modelPriceSchema = z.object({
  model: z.string().trim().min(1).max(200),
  input: z.number().min(0).max(100_000),
  output: z.number().min(0).max(100_000),
});
export type ModelPrice = z.infer<typeof modelPriceSchema>;

const mostLines = 100;

/** Reads one model a line, `name input output`. A line that is something else is a sentence that says what to write. */
export function readPrices(text: string): { prices: ModelPrice[]; problem: string | null } {
  const lines = text.split('\n').map((line) => line.trim());
  const prices: ModelPrice[] = [];
  if (lines.length > mostLines) return { prices, problem: `No more than ${mostLines} lines.` };
  for (const [at, line] of lines.entries()) {
    if (line === '') continue;
    const [, model, input, output] = /^(\S+)\s+\$?(\d+(?:\.\d+)?)\s+\$?(\d+(?:\.\d+)?)$/.exec(line) ?? [];
    const price = modelPriceSchema.safeParse({ model, input: Number(input), output: Number(output) });
    if (!price.success)
      return { prices: [], problem: `Line ${at + 1} is not a model and two prices, such as: gpt-5-mini 0.25 2` };
    if (prices.some((known) => known.model === price.data.model))
      return { prices: [], problem: `Line ${at + 1} gives ${price.data.model} a second price.` };
    prices.push(price.data);
  }
  return { prices, problem: null };
}

/** The lines that `readPrices` reads. */
export function priceLines(prices: readonly ModelPrice[]): string {
  return prices.map(({ model, input, output }) => `${model} ${input} ${output}`).join('\n');
}

/** What so many tokens cost, US dollars. */
export function costOf(price: ModelPrice, tokens: { input: number; output: number }): number {
  return (tokens.input * price.input + tokens.output * price.output) / 1_000_000;
}

/** `$1.25`, `$0.0031`, `less than $0.0001`. */
export function costWords(dollars: number): string {
  if (dollars === 0) return 'nothing';
  if (dollars < 0.0001) return 'less than $0.0001';
  return `$${dollars < 1 ? Number(dollars.toPrecision(2)) : dollars.toFixed(2)}`;
}
