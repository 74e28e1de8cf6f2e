import path from 'node:path';
import { isAppError } from '#src/lib/app-error.ts';
import { auditVerifyCommand } from '#src/server/cli/audit-verify.ts';
import { callListCommand } from '#src/server/cli/call-list.ts';
import type { Command } from '#src/server/cli/command.ts';
import { followUpDoneCommand } from '#src/server/cli/follow-up-done.ts';
import { followUpListCommand } from '#src/server/cli/follow-up-list.ts';
import { migrateCommand } from '#src/server/cli/migrate.ts';
import { serverCallCommand } from '#src/server/cli/server-call.ts';
import { serverCheckCommand } from '#src/server/cli/server-check.ts';
import { serverExportCommand } from '#src/server/cli/server-export.ts';
import { serverImportCommand } from '#src/server/cli/server-import.ts';
import { serverNewCommand } from '#src/server/cli/server-new.ts';
import { setupLinkCommand } from '#src/server/cli/setup-link.ts';
import { statusCommand } from '#src/server/cli/status.ts';
import { tokenCreateCommand } from '#src/server/cli/token-create.ts';

const commands: readonly Command[] = [
  statusCommand,
  tokenCreateCommand,
  setupLinkCommand,
  auditVerifyCommand,
  migrateCommand,
  callListCommand,
  serverCheckCommand,
  serverCallCommand,
  serverImportCommand,
  serverExportCommand,
  serverNewCommand,
  followUpListCommand,
  followUpDoneCommand,
];
const home = path.resolve(import.meta.dirname, '../..', process.env.PATCHBAY_HOME ?? '.patchbay');

process.exit(await main(process.argv.slice(2)));

async function main(words: readonly string[]): Promise<number> {
  const command = commands.find((candidate) => candidate.words.every((word, i) => words[i] === word));
  if (!command) {
    const asked = words.length === 0 || words[0] === 'help' || words[0] === '--help';
    const out = asked ? console.log : console.error;
    if (!asked) out(`There is no command \`${words.join(' ')}\`.`);
    out(['Commands:', ...commands.map(({ usage, summary }) => `  patchbay ${usage.padEnd(34)} ${summary}`)].join('\n'));
    return asked ? 0 : 2;
  }
  try {
    return await command.run(words.slice(command.words.length), home);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    if (isAppError(error) && error.hint) console.error(error.hint);
    return 1;
  }
}
