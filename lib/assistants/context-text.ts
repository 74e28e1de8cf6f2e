import { z } from 'zod';
import { mostContextChars } from '#src/lib/assistants/context-choice.ts';

const contentsSchema = z.object({ contents: z.array(z.looseObject({ text: z.string().optional() })) });
const partSchema = z.looseObject({
  text: z.string().optional(),
  resource: z.looseObject({ text: z.string().optional() }).optional(),
});
const messagesSchema = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.union([partSchema, z.array(partSchema)]) })),
});

/** The text of `resources/read`; null when there is none, such as in a picture. */
export function resourceText(result: unknown): string | null {
  const parsed = contentsSchema.safeParse(result);
  if (!parsed.success) return null;
  return joined(parsed.data.contents.map(({ text }) => text));
}

/** The text of `prompts/get`: its messages, one after the other; null when there is none. */
export function promptText(result: unknown): string | null {
  const parsed = messagesSchema.safeParse(result);
  if (!parsed.success) return null;
  return joined(
    parsed.data.messages.flatMap(({ role, content }) =>
      [content].flat().map((part) => {
        const text = part.text ?? part.resource?.text;
        return text && role === 'assistant' ? `You answered: ${text}` : text;
      }),
    ),
  );
}

/** As much of a text as the model is told. `cutChars` is what was left out; the text says so itself. */
export function contextCut(text: string): { text: string; cutChars: number } {
  if (text.length <= mostContextChars) return { text, cutChars: 0 };
  const cutChars = text.length - mostContextChars;
  return {
    text: `${text.slice(0, mostContextChars).toWellFormed()}\n[The last ${cutChars} characters are left out.]`,
    cutChars,
  };
}

function joined(parts: (string | undefined)[]): string | null {
  const text = parts.filter((part) => part !== undefined && part.trim() !== '').join('\n\n');
  return text === '' ? null : text;
}
