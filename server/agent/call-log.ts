import { redactEvent } from '#src/lib/calls/redact-event.ts';
import type { PrivateKind } from '#src/lib/teams/team-settings.ts';
import type { CallClock } from '#src/server/agent/call-clock.ts';
import { EventWriter } from '#src/server/agent/event-writer.ts';
import { setClock } from '#src/server/calls/event-log.ts';
import type { LoadedCall } from '#src/server/calls/load-call.ts';
import { appendWithFollowUp } from '#src/server/follow-ups/create-follow-up.ts';
import { readTeamSettings } from '#src/server/teams/team-settings.ts';

/**
 * Opens the log of a call with its first event. The clock is set before any event, for readers need t = 0; both are tried
 * again while the database is away.
 */
export function openCallLog(
  call: LoadedCall,
  clock: CallClock,
  o: { onOverflow: () => void; onProblem: (code: string) => void; clockIsSet?: boolean },
): EventWriter {
  const { teamId, callId } = call;
  const { clockIsSet: known = false, ...hooks } = o;
  let clockIsSet: Promise<boolean> | null = known ? Promise.resolve(true) : null;
  // What the team wants taken out holds for the whole call; nothing is written before it is known.
  let kinds: readonly PrivateKind[] | null = null;
  const setClockOnce = () => {
    clockIsSet ??= setClock(teamId, callId, clock.startedAt).catch((error: unknown) => {
      clockIsSet = null;
      throw error;
    });
    return clockIsSet;
  };
  const events = new EventWriter({
    ...hooks,
    clock,
    append: async (event) => {
      await setClockOnce();
      kinds ??= (await readTeamSettings(teamId)).redact;
      return appendWithFollowUp(teamId, callId, redactEvent(event, kinds));
    },
  });
  const dispatchMs = clock.startedAt.getTime() - call.placedAt.getTime();
  events.write('call-started', { dispatchMs, language: call.frozen.config.language }, { at: 0 });
  return events;
}
