import { AppError } from '#src/lib/app-error.ts';
import { withApi } from '#src/server/cli/api-client.ts';
import type { Command } from '#src/server/cli/command.ts';

/** `patchbay follow-up done ID`: notes that it was done. */
export const followUpDoneCommand: Command = {
  words: ['follow-up', 'done'],
  usage: 'follow-up done ID',
  summary: 'notes that a follow-up was done',
  run: async ([id], home) => {
    if (!id) throw new AppError('usage', 'Name a follow-up by its id.', { hint: 'patchbay follow-up list' });
    await withApi(home, (ask) => ask('POST', `/follow-ups/${encodeURIComponent(id)}/done`));
    return 0;
  },
};
