import type { Problem } from '#src/lib/action-result.ts';
import type { Partial, Sayable } from '#src/lib/calls/call.ts';

export type Check = { state: 'waiting' | 'ok' | 'failed'; note: string };
export const checkNames = ['permission', 'device', 'level', 'livekit', 'agent'] as const;
export type CheckName = (typeof checkNames)[number];

/** This browser's own part in a call. There is at most one, and it outlives the page that placed it. */
export type CallSession = {
  phase: 'idle' | 'placing' | 'connecting' | 'joined' | 'reconnecting' | 'ended' | 'lost';
  callId: string | null;
  assistantName: string;
  checks: Record<CheckName, Check>;
  /** What failed last, with what to do about it. */
  problem: Problem | null;
  microphone: 'none' | 'on' | 'muted';
  devices: { id: string; label: string }[];
  deviceId: string | null;
  /** Sound may only start after a click: the browser holds it back. */
  soundBlocked: boolean;
  /** Who sounds in the room. */
  speaking: 'caller' | 'agent' | null;
  /** When the agent was there first, ms since the epoch; null before. */
  answeredAt: number | null;
  sayable: Sayable | null;
  /** Words as they are heard, not yet a turn. */
  partial: Partial | null;
  /** The last words of each. */
  lastWords: Record<Partial['who'], string>;
};

const waiting: Check = { state: 'waiting', note: '' };

export const idleSession: CallSession = {
  phase: 'idle',
  callId: null,
  assistantName: '',
  checks: { permission: waiting, device: waiting, level: waiting, livekit: waiting, agent: waiting },
  problem: null,
  microphone: 'none',
  devices: [],
  deviceId: null,
  soundBlocked: false,
  speaking: null,
  answeredAt: null,
  sayable: null,
  partial: null,
  lastWords: { caller: '', agent: '' },
};

let session = idleSession;
const listeners = new Set<() => void>();

export const sessionStore = {
  get: () => session,
  getServer: () => idleSession,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export function setSession(change: { [K in keyof CallSession]?: CallSession[K] }): void {
  session = { ...session, ...change };
  for (const listener of listeners) listener();
}

export function setCheck(name: CheckName, state: Check['state'], note = ''): void {
  const now = session.checks[name];
  if (now.state === state && now.note === note) return;
  setSession({ checks: { ...session.checks, [name]: { state, note } } });
}

/** True while this browser takes part in a call. */
export function inCall(state: CallSession): boolean {
  return state.phase !== 'idle' && state.phase !== 'ended' && state.phase !== 'lost';
}
