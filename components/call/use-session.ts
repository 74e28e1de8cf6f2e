'use client';
import { useSyncExternalStore } from 'react';
import { type CallSession, sessionStore } from '#src/components/call/session-state.ts';

export function useCallSession(): CallSession {
  return useSyncExternalStore(sessionStore.subscribe, sessionStore.get, sessionStore.getServer);
}
