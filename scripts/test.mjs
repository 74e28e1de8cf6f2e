// `npm test`: installs what is missing, then runs the checks, the unit and integration tests, and the end-to-end tests in Chromium.
// Ends with one line over all suites: `N passed, N failed`. `npm test -- unit` runs one suite: checks, unit or e2e.
import { continueIn, ensureInstalled, nodeProgram } from './bootstrap.mjs';

ensureInstalled();
continueIn(nodeProgram(), ['scripts/run-tests.mjs', ...process.argv.slice(2)]);
