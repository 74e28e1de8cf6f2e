/**
 * Patchbay's client as the program that the official conformance suite starts, for all scenarios at once: on a small machine they
 * would starve each other into their time limits. So each waits for its turn first, before it loads anything.
 */
import { once } from 'node:events';
import { connect } from 'node:net';

const turnstile = process.env.PATCHBAY_TURNSTILE;
if (turnstile) {
  const turn = connect(Number(turnstile), '127.0.0.1');
  await once(turn, 'data');
  turn.unref(); // its end, by whatever way, lets the next one in
}
await import('#src/server/mcp/testing/conformance-scenario.ts');
