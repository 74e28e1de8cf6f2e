import type { ModelRequest } from '@openai/agents';
import type { PromptChange } from '#src/lib/calls/prompt-change.ts';

const mostInstructions = 20_000;
const mostItem = 4_000;

/**
 * Tells of each round of the model what is new in its prompt since the round that was told before. To be asked in the order of the log.
 * Long texts are cut.
 */
export function promptLog(): (request: Pick<ModelRequest, 'systemInstructions' | 'input' | 'tools'>) => PromptChange {
  let instructions: string | null = null;
  let tools = '';
  let items: string[] = [];
  return (request) => {
    const change: PromptChange = { same: 0, items: [] };
    const told = cut(request.systemInstructions ?? '', mostInstructions);
    if (told !== instructions) change.instructions = told;
    instructions = told;
    const names = request.tools.map((tool) => tool.name);
    if (names.join('\n') !== tools) change.tools = names;
    tools = names.join('\n');
    const sent = typeof request.input === 'string' ? [{ role: 'user', content: request.input }] : request.input;
    const texts = sent.map((item) => JSON.stringify(item));
    while (change.same < texts.length && texts[change.same] === items[change.same]) change.same += 1;
    change.items = sent.slice(change.same).map((item, at) => {
      const text = texts[change.same + at] ?? '';
      return text.length <= mostItem ? item : { cut: cut(text, mostItem) };
    });
    items = texts;
    return change;
  };
}

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most).toWellFormed()}… (${text.length - most} characters more)`;
