import type { voice } from '@livekit/agents';

/**
 * LiveKit mirrors every event of a session, words included, to the caller's browser over data streams, and takes requests
 * back. Nobody of ours listens; it costs CPU in the middle of a turn and shows in the browser's console. There is no option
 * for it, so its host is closed by its own method; when a later version has none, nothing happens.
 */
export async function quietSessionHost(session: voice.AgentSession): Promise<void> {
  const host: unknown = Reflect.get(session, 'sessionHost');
  if (typeof host !== 'object' || host === null || !('close' in host) || typeof host.close !== 'function') return;
  await host.close();
}
