// `npm start` and `npm run dev`: install what is missing, then hand over to the supervisor.
import { continueIn, ensureInstalled, nodeProgram } from './bootstrap.mjs';

ensureInstalled();
continueIn(nodeProgram(), [
  '--disable-warning=ExperimentalWarning',
  '--optimize-for-size',
  'server/supervisor/main.ts',
  ...process.argv.slice(2),
]);
