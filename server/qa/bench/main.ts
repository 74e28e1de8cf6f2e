import { writeFileSync } from 'node:fs';
import { dispose } from '@livekit/rtc-node';
import { closeConnection } from '#src/server/db/connection.ts';
import setup from '#src/server/db/testing/global-setup.ts';
import { voiceBench, voiceBenchParts } from '#src/server/qa/bench/voice-bench.ts';

/** `node server/qa/bench/main.ts [FILE] [PART…]`: prints the figures of calls, and writes them as JSON to FILE. */
const stopDatabase = await setup();
try {
  const asked = process.argv.slice(3);
  const parts = voiceBenchParts.filter((part) => asked.length === 0 || asked.includes(part));
  const figures = await voiceBench(parts);
  console.log(JSON.stringify(figures, null, 2));
  const file = process.argv[2];
  if (file) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  await closeConnection();
  await dispose();
  await stopDatabase();
}
process.exit(0);
