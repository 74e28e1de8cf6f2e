import type { RemoteTrack, Room } from 'livekit-client';
import { sessionStore, setCheck, setSession } from '#src/components/call/session-state.ts';
import { type PlacedCall, partialSchema, sayableSchema, topics } from '#src/lib/calls/call.ts';

/** The client library is large: it is fetched when a page shows that a call may come, not with every page. */
export function loadLiveKit() {
  return import('livekit-client');
}

/** Connects to the room of a placed call and keeps the session told of what happens in it. */
export async function openRoom(placed: PlacedCall, onGone: (how: 'ended' | 'lost') => void): Promise<Room> {
  const { DisconnectReason, Room: LiveKitRoom, RoomEvent } = await loadLiveKit();
  const room = new LiveKitRoom({ disconnectOnPageLeave: true, webAudioMix: false });
  const speakers = new Map<RemoteTrack, HTMLMediaElement>();

  const agentIsHere = () => {
    setCheck('agent', 'ok', 'joined');
    if (sessionStore.get().answeredAt === null) setSession({ answeredAt: Date.now() });
  };
  room.on(RoomEvent.ParticipantConnected, agentIsHere);
  room.on(RoomEvent.TrackSubscribed, (track) => {
    agentIsHere();
    const element = track.attach();
    element.hidden = true;
    document.body.append(element);
    speakers.set(track, element);
  });
  room.on(RoomEvent.TrackUnsubscribed, (track) => {
    track.detach();
    speakers.get(track)?.remove();
    speakers.delete(track);
  });
  room.on(RoomEvent.AudioPlaybackStatusChanged, () => setSession({ soundBlocked: !room.canPlaybackAudio }));
  room.on(RoomEvent.ActiveSpeakersChanged, ([loudest]) => {
    setSession({ speaking: loudest ? (loudest.isLocal ? 'caller' : 'agent') : null });
  });
  room.on(RoomEvent.Reconnecting, () => setSession({ phase: 'reconnecting' }));
  room.on(RoomEvent.Reconnected, () => setSession({ phase: 'joined' }));
  room.on(RoomEvent.DataReceived, (payload, _participant, _kind, topic) => onData(payload, topic));
  room.on(RoomEvent.Disconnected, (reason) => {
    for (const element of speakers.values()) element.remove();
    // Leaving on purpose is not told here; a page that is loaded again leaves too, and comes back.
    const ended = [DisconnectReason.ROOM_DELETED, DisconnectReason.ROOM_CLOSED];
    onGone(reason !== undefined && ended.includes(reason) ? 'ended' : 'lost');
  });

  await room.connect(placed.url, placed.token, connectOptions(placed.url));
  if (room.remoteParticipants.size > 0) agentIsHere();
  setSession({ soundBlocked: !room.canPlaybackAudio });
  return room;
}

/** On one machine nothing outside has to be asked for our address, and a machine without internet would wait for it. */
export function connectOptions(url: string): { rtcConfig?: { iceServers: [] } } {
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
  return isLoopback ? { rtcConfig: { iceServers: [] } } : {};
}

function onData(payload: Uint8Array, topic: string | undefined) {
  if (topic !== topics.sayable && topic !== topics.partial) return;
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return;
  }
  const sayable = topic === topics.sayable ? sayableSchema.safeParse(json) : null;
  const partial = topic === topics.partial ? partialSchema.safeParse(json) : null;
  if (sayable?.success) setSession({ sayable: sayable.data });
  if (!partial?.success) return;
  const { who, text } = partial.data;
  if (text === '') return setSession({ partial: null });
  setSession({ partial: partial.data, lastWords: { ...sessionStore.get().lastWords, [who]: text } });
}
