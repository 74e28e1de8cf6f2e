import type { Command } from '#src/server/cli/command.ts';
import { localInstance } from '#src/server/cli/local-instance.ts';

/** `patchbay status [--json]`: what runs on this machine. */
export const statusCommand: Command = {
  words: ['status'],
  usage: 'status [--json]',
  summary: 'what runs on this machine',
  run: async (args, home) => {
    const { url, livekitUrl, version, processes } = localInstance(home);
    if (args.includes('--json')) console.log(JSON.stringify({ url, livekitUrl, version, processes }, null, 2));
    else {
      console.log(`Patchbay ${version} at ${url}, LiveKit at ${livekitUrl}`);
      for (const part of processes) console.log(`  ${part.name.padEnd(14)} ${part.state.padEnd(10)} ${part.pid ?? ''}`);
    }
    return 0;
  },
};
