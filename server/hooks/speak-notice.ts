import { noticeSentence } from '#src/lib/calls/notice-sentence.ts';
import { sendToAgent } from '#src/server/calls/livekit.ts';
import type { ServerRow } from '#src/server/mcp/server-rows.ts';

/**
 * Gives live calls what a server told, as their callers may hear it, where the operator lets it speak. A call that it does not reach
 * has it in its log all the same.
 */
export async function speakNotice(
  server: ServerRow,
  o: { id: string; event: string; data: unknown; rooms: readonly string[] },
): Promise<void> {
  if (server.limits.maySpeak !== true) return;
  const text = noticeSentence(server.name, o.event, o.data);
  if (!text) return;
  const message = { type: 'notice', id: o.id, serverId: server.id, text } as const;
  await Promise.allSettled(o.rooms.map((room) => sendToAgent(room, message)));
}
