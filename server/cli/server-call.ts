import { z } from 'zod';
import { AppError } from '#src/lib/app-error.ts';
import { withApi } from '#src/server/cli/api-client.ts';
import type { Command } from '#src/server/cli/command.ts';

const usage = 'server call SERVER TOOL [ARGUMENTS]';
const argumentsSchema = z.record(z.string(), z.unknown());
const answerSchema = z.looseObject({ ok: z.boolean() });

/** `patchbay server call SERVER TOOL '{"item":"calzone"}'`: calls a tool by hand and prints the answer; 1 when the tool fails. */
export const serverCallCommand: Command = {
  words: ['server', 'call'],
  usage: 'server call SERVER TOOL [JSON]',
  summary: 'calls a tool of a stored server by hand',
  run: async ([serverId, tool, given = '{}'], home) => {
    if (!serverId || !tool)
      throw new AppError('usage', 'Name a server by its id, and one of its tools.', { hint: `patchbay ${usage}` });
    const path = `/mcp-servers/${encodeURIComponent(serverId)}/tools/${encodeURIComponent(tool)}/call`;
    const text = await withApi(home, (ask) => ask('POST', path, { arguments: argumentsOf(given) }));
    const answer = answerSchema.parse(JSON.parse(text));
    console.log(JSON.stringify(answer, null, 2));
    return answer.ok ? 0 : 1;
  },
};

function argumentsOf(text: string): Record<string, unknown> {
  try {
    return argumentsSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('usage', 'The arguments are not a JSON object.', {
      cause,
      hint: `Such as '{"item":"calzone"}', in quotes.`,
    });
  }
}
