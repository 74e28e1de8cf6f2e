import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#src/lib/app-error.ts';
import { askedFrom } from '#src/server/cli/asked-from.ts';
import type { Command } from '#src/server/cli/command.ts';

const template = path.resolve(import.meta.dirname, '../../starter');
/** Files that would act on this repository under their own name. */
const renamed = { gitignore: '.gitignore', dockerignore: '.dockerignore', 'env.example': '.env.example' };

/** `patchbay server new DIR`: writes a starter project for an MCP server. */
export const serverNewCommand: Command = {
  words: ['server', 'new'],
  usage: 'server new DIR',
  summary: 'writes a starter project for an MCP server of your own',
  run: async ([dir]) => {
    if (dir === undefined || dir.startsWith('-'))
      throw new AppError('usage', 'Where is the project to be written?', { hint: 'patchbay server new DIR' });
    const { target, name } = await writeStarter(path.resolve(askedFrom(), dir));
    const where = path.relative(askedFrom(), target) || '.';
    console.log(`${name} is written to ${where}. Next:\n  cd ${where}\n  npm install\n  npm test\n  npm start`);
    return 0;
  },
};

/** Writes the starter project into a folder that does not exist or is empty. Throws `folder-not-empty`. */
export async function writeStarter(dir: string): Promise<{ target: string; name: string }> {
  const target = path.resolve(dir);
  const found = await readdir(target).catch(() => []);
  if (found.length > 0)
    throw new AppError('folder-not-empty', `There is something in ${dir} already.`, { hint: 'Name a new folder.' });
  const name = packageName(path.basename(target));
  await mkdir(target, { recursive: true });
  await cp(template, target, { recursive: true, filter: (from) => path.basename(from) !== 'node_modules' });
  for (const [from, to] of Object.entries(renamed)) await rename(path.join(target, from), path.join(target, to));
  for (const file of ['package.json', 'README.md', 'src/tools.ts']) {
    const at = path.join(target, file);
    await writeFile(at, (await readFile(at, 'utf8')).replaceAll('my-mcp-server', name));
  }
  return { target, name };
}

/** A folder's name as npm takes it. */
function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name || 'my-mcp-server';
}
