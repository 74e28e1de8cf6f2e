import { Room } from '@livekit/rtc-node';

/** Someone who is in the room and says nothing: for calls that are typed. Answers with the way to leave. */
export async function joinSilently(placed: { url: string; token: string }): Promise<() => Promise<void>> {
  const room = new Room();
  await room.connect(placed.url, placed.token, { autoSubscribe: true, dynacast: false });
  return () => room.disconnect();
}
