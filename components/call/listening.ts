import type { Room } from 'livekit-client';
import { connectOptions, loadLiveKit } from '#src/components/call/room.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { PlacedCall } from '#src/lib/calls/call.ts';

export type Listening = { state: 'off' | 'connecting' | 'on'; problem: string | null };

const off: Listening = { state: 'off', problem: null };
let listening = off;
let room: Room | null = null;
let attempt = 0;
const listeners = new Set<() => void>();

/** This browser's ear in a call that it takes no part in. There is at most one. */
export const listeningStore = {
  get: () => listening,
  getServer: () => off,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Joins the room as someone whom nobody sees, and plays whoever sounds. */
export async function startListening(place: () => Promise<ActionResult<PlacedCall>>): Promise<void> {
  const mine = ++attempt;
  set({ state: 'connecting', problem: null });
  const [placed, { Room: LiveKitRoom, RoomEvent }] = await Promise.all([place(), loadLiveKit()]);
  if (mine !== attempt) return;
  if (!placed.ok) return set({ state: 'off', problem: placed.problem.message });
  const joined = new LiveKitRoom({ disconnectOnPageLeave: true, webAudioMix: false });
  const speakers = new Set<HTMLMediaElement>();
  joined.on(RoomEvent.TrackSubscribed, (track) => {
    const element = track.attach();
    element.hidden = true;
    document.body.append(element);
    speakers.add(element);
  });
  joined.on(RoomEvent.TrackUnsubscribed, (track) => {
    for (const element of track.detach()) element.remove();
  });
  joined.on(RoomEvent.Disconnected, () => {
    for (const element of speakers) element.remove();
    if (mine === attempt) set(off);
  });
  try {
    await joined.connect(placed.value.url, placed.value.token, connectOptions(placed.value.url));
  } catch {
    if (mine === attempt) set({ state: 'off', problem: 'The call server could not be reached.' });
    return;
  }
  if (mine !== attempt) return void joined.disconnect();
  room = joined;
  // The click that began this lets the browser play.
  await joined.startAudio().catch(() => {});
  set({ state: 'on', problem: null });
}

export function stopListening(): void {
  attempt += 1;
  const gone = room;
  room = null;
  void gone?.disconnect();
  set(off);
}

function set(next: Listening): void {
  listening = next;
  for (const listener of listeners) listener();
}
