import { z } from 'zod';
import { followUpSchema } from '#src/lib/follow-ups/follow-up.ts';
import { followUpWords } from '#src/lib/follow-ups/follow-up-words.ts';
import { withApi } from '#src/server/cli/api-client.ts';
import type { Command } from '#src/server/cli/command.ts';

const pageSchema = z.object({ items: z.array(followUpSchema) });

/** `patchbay follow-up list`: what people have to do after calls, one a line. */
export const followUpListCommand: Command = {
  words: ['follow-up', 'list'],
  usage: 'follow-up list',
  summary: 'what is left to do after calls, open ones only',
  run: async (_args, home) => {
    const text = await withApi(home, (ask) => ask('GET', '/follow-ups?state=open&limit=200'));
    for (const one of pageSchema.parse(JSON.parse(text)).items)
      console.log(`${one.id}  ${one.at}  ${one.callId}  ${followUpWords(one)}`);
    return 0;
  },
};
