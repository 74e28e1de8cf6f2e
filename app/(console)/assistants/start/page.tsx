import { redirect } from 'next/navigation';
import { listAssistants } from '#src/server/assistants/read-assistants.ts';
import { requireMember } from '#src/server/teams/session.ts';

/** Where a new member begins: with only one assistant there is nothing to choose. */
export default async function Start() {
  const { teamId } = await requireMember();
  const [only, ...others] = await listAssistants(teamId);
  redirect(only && others.length === 0 ? `/assistants/${only.id}` : '/assistants');
}
