import { type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node';
import { callerIdentity } from '#src/lib/calls/call.ts';

export type CallerPresenceOptions = {
  room: Room;
  graceMs: number;
  joined: (participant: RemoteParticipant) => void;
  left: () => void;
  /** The caller did not come back. */
  gone: () => void;
};

/** Follows the caller coming, going and coming back; gone is who stays away for the grace period. Returns its end. */
export function watchCaller(options: CallerPresenceOptions): () => void {
  const { room, graceMs, joined, left, gone } = options;
  let timer: NodeJS.Timeout | undefined;
  let present = false;
  const came = (participant: RemoteParticipant) => {
    if (participant.identity !== callerIdentity || present) return;
    present = true;
    clearTimeout(timer);
    joined(participant);
  };
  const went = (participant: RemoteParticipant) => {
    if (participant.identity !== callerIdentity || !present) return;
    present = false;
    left();
    timer = setTimeout(gone, graceMs);
  };
  room.on(RoomEvent.ParticipantConnected, came);
  room.on(RoomEvent.ParticipantDisconnected, went);
  for (const participant of room.remoteParticipants.values()) came(participant);
  if (!present) timer = setTimeout(gone, graceMs);
  return () => {
    clearTimeout(timer);
    room.off(RoomEvent.ParticipantConnected, came);
    room.off(RoomEvent.ParticipantDisconnected, went);
  };
}
