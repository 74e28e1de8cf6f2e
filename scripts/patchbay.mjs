#!/usr/bin/env node
// The command line: `npx patchbay …`. Works on any installed Node, continues in ours.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { continueIn, nodeProgram, root } from './bootstrap.mjs';

if (
  !existsSync(path.join(root, 'node_modules', '.patchbay-installed')) &&
  !existsSync(path.join(root, 'node_modules', 'zod'))
) {
  console.error('Patchbay is not installed yet. Run `npm start` in its folder first.');
  process.exit(1);
}
continueIn(nodeProgram(), [
  '--disable-warning=ExperimentalWarning',
  path.join(root, 'server/cli/main.ts'),
  ...process.argv.slice(2),
]);
