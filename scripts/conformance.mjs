// `npm run conformance`: the official MCP conformance suite drives Patchbay's own client, for both eras and with OAuth.
import { legs, runConformance, writtenExceptions } from '#src/server/mcp/testing/run-conformance.ts';

const exceptions = await writtenExceptions();
let unexpected = 0;
for (const leg of Object.keys(legs)) {
  const results = await runConformance(leg);
  console.log(`\n${leg}`);
  for (const { scenario, checks, failed } of results) {
    const excused = failed.length > 0 && exceptions.has(scenario);
    if (failed.length > 0 && !excused) unexpected++;
    const mark = failed.length === 0 ? '✓' : excused ? '·' : '✗';
    console.log(`${mark} ${scenario.padEnd(48)} ${failed.length === 0 ? `${checks} checks` : failed.join(', ')}`);
    if (excused) console.log(`    ${exceptions.get(scenario)}`);
  }
  const passed = results.filter(({ failed }) => failed.length === 0).length;
  console.log(`${passed} of ${results.length} scenarios pass.`);
}
if (unexpected > 0) console.error(`\n${unexpected} fail that docs/conformance.md does not name.`);
process.exit(unexpected > 0 ? 1 : 0);
