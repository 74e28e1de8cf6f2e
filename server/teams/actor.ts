import type { Role } from '#src/lib/teams/rights.ts';

/** Whoever does something: a member, or a program with an API token. */
export type Actor = { teamId: string; role: Role; name: string; userId: string | null };
