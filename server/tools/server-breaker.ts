import {
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
  isBrokenCircuitError,
} from 'cockatiel';
import { isRecord } from '#src/lib/json-schema/is-record.ts';
import type { Sent } from '#src/server/tools/tool-outcome.ts';

/** Runs a call to a server, or answers null because the server is let rest. */
export type ServerBreaker = (serverId: string, work: () => Promise<Sent>) => Promise<Sent | null>;

/**
 * Lets a server rest after so many failures in a row: it is not asked for `restMs`, then by one call, whose outcome decides. A
 * caller hears at once that it does not work, instead of waiting for it each time.
 */
export function serverBreaker({ failures = 5, restMs = 10_000 } = {}): ServerBreaker {
  const circuits = new Map<string, CircuitBreakerPolicy>();
  const circuitOf = (serverId: string) => {
    const made =
      circuits.get(serverId) ??
      circuitBreaker(
        handleWhenResult((sent) => isRecord(sent) && sent.trouble === true),
        { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(failures) },
      );
    circuits.set(serverId, made);
    return made;
  };
  return async (serverId, work) => {
    try {
      return await circuitOf(serverId).execute(work);
    } catch (error) {
      if (isBrokenCircuitError(error)) return null;
      throw error;
    }
  };
}
