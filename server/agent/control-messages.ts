import { type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node';
import { type ControlMessage, controlMessageSchema, topics } from '#src/lib/calls/call.ts';

/**
 * Hears what the server tells the call: typed text and hang-up, each once. Only the server can send it, as data without
 * a participant; what a participant of the room sends under this topic is not heard.
 */
export function onControlMessage(room: Room, handle: (message: ControlMessage) => void): void {
  const seen = new Set<string>();
  room.on(
    RoomEvent.DataReceived,
    (payload: Uint8Array, participant?: RemoteParticipant, _kind?: unknown, topic?: string) => {
      if (topic !== topics.control || participant) return;
      const message = parse(payload);
      if (!message) return;
      if (message.type === 'text' || message.type === 'notice' || message.type === 'whisper') {
        if (seen.has(message.id)) return;
        seen.add(message.id);
      }
      handle(message);
    },
  );
}

function parse(payload: Uint8Array): ControlMessage | null {
  try {
    const parsed = controlMessageSchema.safeParse(JSON.parse(new TextDecoder().decode(payload)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
