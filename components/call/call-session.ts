import type { LocalAudioTrack, Room } from 'livekit-client';
import { isProblem, listMicrophones, type Microphone, openMicrophone } from '#src/components/call/microphone.ts';
import { loadLiveKit, openRoom } from '#src/components/call/room.ts';
import { idleSession, inCall, sessionStore, setCheck, setSession } from '#src/components/call/session-state.ts';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';
import type { PlacedCall } from '#src/lib/calls/call.ts';

type Place = () => Promise<ActionResult<PlacedCall>>;

let room: Room | null = null;
let microphone: Microphone | null = null;
let published: LocalAudioTrack | null = null;
/** Counts the calls of this browser, so that what belongs to an earlier one is dropped when it comes late. */
let attempt = 0;

const deviceKey = 'patchbay-microphone';
const callKey = 'patchbay-call';

/**
 * Places a call, or joins one again, and connects to it. Placing, the microphone and the client library go on side by
 * side, and the page need not have changed yet: the greeting waits for none of them.
 */
export async function startCall(
  assistantName: string,
  place: Place,
  onPlaced?: (callId: string) => void,
): Promise<void> {
  if (inCall(sessionStore.get())) return;
  const mine = ++attempt;
  const deviceId = localStorage.getItem(deviceKey);
  setSession({ ...idleSession, phase: 'placing', assistantName, deviceId });
  const opening = openedBefore() ?? openMicrophone(deviceId);
  void loadLiveKit();
  const result = await place();
  if (mine !== attempt) return release(await opening);
  if (!result.ok) return giveUp(result.problem, await opening);
  const placed = result.value;
  setSession({ phase: 'connecting', callId: placed.id });
  sessionStorage.setItem(callKey, placed.id);
  onPlaced?.(placed.id);
  try {
    room = await openRoom(placed, (how) => {
      if (mine === attempt) onGone(how);
    });
  } catch (error) {
    return giveUp(cannotReach(placed.url, error), await opening);
  }
  if (mine !== attempt) {
    void room.disconnect();
    return release(await opening);
  }
  setCheck('livekit', 'ok', 'reached');
  setSession({ phase: 'joined' });
  const opened = await opening;
  // Whoever hung up while the browser asked is not listened to.
  if (mine !== attempt) return release(opened);
  await takeMicrophone(opened);
}

/** Opens the microphone before a call, so that it can be tried; the call takes it over. */
export async function checkMicrophone(deviceId: string | null = localStorage.getItem(deviceKey)): Promise<void> {
  if (!inCall(sessionStore.get())) await tryMicrophone(deviceId);
}

/** Asks for the microphone once more, or for another one. */
export async function tryMicrophone(deviceId: string | null): Promise<void> {
  if (deviceId) localStorage.setItem(deviceKey, deviceId);
  await takeMicrophone(await openMicrophone(deviceId));
}

export async function toggleMute(): Promise<void> {
  const state = sessionStore.get();
  if (!published || state.microphone === 'none') return;
  const muted = state.microphone === 'on';
  await (muted ? published.mute() : published.unmute());
  setSession({ microphone: muted ? 'muted' : 'on' });
}

/** Leaves the room at once; `tell` lets the agent know that this was meant. */
export async function hangUp(tell: (callId: string) => Promise<unknown>): Promise<void> {
  const { callId } = sessionStore.get();
  attempt++;
  leave('ended');
  if (callId) await tell(callId);
}

/** The log says that the call is over: nothing of it may go on here, least of all the microphone. */
export function callIsOver(callId: string): void {
  const state = sessionStore.get();
  if (state.callId !== callId || !inCall(state)) return;
  attempt++;
  leave('ended');
}

export function startSound(): void {
  void room?.startAudio();
}

/** How loud the microphone is now, 0 to 1. */
export function microphoneLevel(): number {
  return microphone && sessionStore.get().microphone === 'on' ? microphone.level() : 0;
}

/** The call that this tab was in before it was loaded again, if it was cut off by that. */
export function callToRejoin(): string | null {
  return inCall(sessionStore.get()) ? null : sessionStorage.getItem(callKey);
}

async function takeMicrophone(opened: Microphone | Problem): Promise<void> {
  if (isProblem(opened)) {
    setCheck(opened.code === 'microphone-missing' ? 'device' : 'permission', 'failed', opened.message);
    setSession({ problem: opened });
    return;
  }
  const { Track } = await loadLiveKit();
  if (microphone !== opened) microphone?.close();
  microphone = opened;
  setCheck('permission', 'ok', 'allowed');
  setCheck('device', 'ok', opened.label);
  setSession({ problem: null, deviceId: opened.deviceId, devices: await listMicrophones() });
  if (!room) {
    if (!inCall(sessionStore.get())) setSession({ microphone: 'on' });
    return;
  }
  if (published) {
    await published.replaceTrack(opened.track, { userProvidedTrack: true });
  } else {
    const publication = await room.localParticipant.publishTrack(opened.track, { source: Track.Source.Microphone });
    published = publication.audioTrack ?? null;
  }
  setSession({ microphone: 'on' });
}

/** The microphone that was tried before the call, as long as it is there: no browser asks twice. */
function openedBefore(): Promise<Microphone> | null {
  return microphone?.track.readyState === 'live' ? Promise.resolve(microphone) : null;
}

function release(opened: Microphone | Problem) {
  if (isProblem(opened)) return;
  opened.close();
  if (microphone === opened) microphone = null;
}

function onGone(how: 'ended' | 'lost') {
  attempt++;
  leave(how);
}

function leave(how: 'ended' | 'lost') {
  if (how === 'ended') sessionStorage.removeItem(callKey);
  microphone?.close();
  microphone = null;
  published = null;
  const gone = room;
  room = null;
  void gone?.disconnect();
  setSession({ phase: how, microphone: 'none', speaking: null, sayable: null, partial: null, soundBlocked: false });
}

function giveUp(problem: Problem, opened: Microphone | Problem) {
  release(opened);
  if (problem.code === 'livekit-unreachable') setCheck('livekit', 'failed', problem.message);
  else sessionStorage.removeItem(callKey);
  attempt++;
  setSession({ phase: 'lost', problem });
}

function cannotReach(url: string, error: unknown): Problem {
  return {
    code: 'livekit-unreachable',
    message: `The call server at ${new URL(url).host} could not be reached.`,
    hint: 'Check that this machine may reach it, also over UDP, then join again.',
    raw: String(error),
  };
}
