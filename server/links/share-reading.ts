import { type Link, type ShareOptions, shareOptionsSchema } from '#src/lib/links/link.ts';
import type { SharedCall } from '#src/lib/links/shared-call.ts';
import { sharedFindings } from '#src/lib/links/shared-findings.ts';
import { sharedLog } from '#src/lib/links/shared-log.ts';
import { readAllEvents } from '#src/server/calls/event-log.ts';
import { readCall } from '#src/server/calls/read-calls.ts';
import { readRecording } from '#src/server/calls/recording/read-recording.ts';
import { requireOver } from '#src/server/links/share-call.ts';

/** What a share link shows of its call, and nothing else of it. Throws `not-found` for a call that is gone. */
export async function readSharedCall(teamId: string, link: Link): Promise<SharedCall> {
  const options = optionsOf(link);
  const call = await readCall(teamId, link.subjectId);
  requireOver(call);
  const [events, recording] = await Promise.all([
    readAllEvents(teamId, link.subjectId),
    readRecording(teamId, link.subjectId),
  ]);
  return {
    assistantName: call.assistantName,
    placedAt: call.placedAt,
    log: JSON.stringify(sharedLog(events, options)),
    findings: sharedFindings(events, recording?.heard ?? null),
    recording: options.recording ? recording : null,
    payloads: options.payloads,
    expiresAt: link.expiresAt,
  };
}

/** What a link was made with. */
export function optionsOf({ options }: Link): ShareOptions {
  return shareOptionsSchema.parse(options);
}
