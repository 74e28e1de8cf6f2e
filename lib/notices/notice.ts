import { z } from 'zod';

/** What a team is told of: a server that went down or came back, definitions that changed, came or went. */
export const noticeKinds = ['server-down', 'server-up', 'definition-changed', 'tools-changed'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const noticeSchema = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  serverId: z.string().nullable(),
  /** The server's name now; null when it was deleted. */
  serverName: z.string().nullable(),
  message: z.string(),
  at: z.string(),
  seenAt: z.string().nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;
