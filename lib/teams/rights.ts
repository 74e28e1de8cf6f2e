import { z } from 'zod';

export const roleSchema = z.enum(['owner', 'admin', 'builder', 'tester', 'reviewer']);
export type Role = z.infer<typeof roleSchema>;

/** What each role is for, in the words that the members page shows. */
export const roleWords: Record<Role, string> = {
  owner: 'Everything, also the team itself',
  admin: 'Members, keys and tokens, and all below',
  builder: 'Assistants and servers, and all below',
  tester: 'Places test calls, and all below',
  reviewer: 'Reads calls, transcripts and tool logs',
};

const everyone: readonly Role[] = ['owner', 'admin', 'builder', 'tester', 'reviewer'];
const testers: readonly Role[] = ['owner', 'admin', 'builder', 'tester'];
const builders: readonly Role[] = ['owner', 'admin', 'builder'];
const admins: readonly Role[] = ['owner', 'admin'];

/** The one table of rights: action to the roles that may do it. Every server action and every route asks it. */
export const rights = {
  'assistant:read': everyone,
  'assistant:write': builders,
  'assistant:publish': builders,
  'server:read': everyone,
  'server:write': builders,
  'server:handshake': testers,
  'server:try-tool': testers,
  'server:raw': admins,
  'provider:read': builders,
  'provider:write': admins,
  'call:read': everyone,
  'call:place': testers,
  'call:control': testers,
  'call:approve': testers,
  'call:annotate': everyone,
  'call:share': builders,
  'call:supervise': testers,
  'call:erase': admins,
  'team:settings': admins,
  'member:read': everyone,
  'member:write': admins,
  'token:write': admins,
  'demo:reset': admins,
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof rights;

/** May this role do this? */
export function may(role: Role, action: Action): boolean {
  return rights[action].includes(role);
}

/** May `actor` hand out `role`? Only an owner makes owners and admins. */
export function mayGrant(actor: Role, role: Role): boolean {
  if (actor === 'owner') return true;
  return actor === 'admin' && role !== 'owner' && role !== 'admin';
}
