import { z } from 'zod';
import { isAppError } from '#src/lib/app-error.ts';
import { serverLimitsSchema } from '#src/lib/mcp/mcp-server.ts';
import { takeRequestSlot } from '#src/server/mcp/request-limits.ts';

// Stands for the process of a call: takes places at a server, says how each try went, and holds them until it is killed.
const asked = z
  .object({ team: z.string(), till: z.object({ id: z.string(), limits: serverLimitsSchema }), count: z.number() })
  .parse(JSON.parse(process.argv[2] ?? '{}'));
const outcomes = await Promise.all(
  Array.from({ length: asked.count }, () =>
    takeRequestSlot(asked.team, asked.till).then(
      () => 'taken',
      (error: unknown) => (isAppError(error) ? error.code : 'unknown'),
    ),
  ),
);
console.log(JSON.stringify(outcomes));
setInterval(() => {}, 60_000);
