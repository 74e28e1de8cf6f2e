import { z } from 'zod';

/** What a server sends to `POST /api/v1/hooks/{serverId}`. */
export const hookBodySchema = z.object({
  /** Such as `order.ready`. */
  event: z.string().regex(/^[\w.:/-]{1,80}$/, 'An event has letters, digits and . : / _ - only.'),
  data: z.unknown(),
  /** When it was sent: seconds since 1970, or ISO 8601. It is signed as it is written here. */
  timestamp: z.union([z.number().int(), z.iso.datetime({ offset: true })]),
});
export type HookBody = z.infer<typeof hookBodySchema>;

/** The moment of a hook's timestamp, ms since 1970. */
export function hookSentAt(timestamp: HookBody['timestamp']): number {
  return typeof timestamp === 'number' ? timestamp * 1_000 : Date.parse(timestamp);
}
