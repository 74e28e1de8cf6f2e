import { redirect } from 'next/navigation';
import { listAssistants } from '#src/server/assistants/read-assistants.ts';
import { requireMember } from '#src/server/teams/session.ts';

/** Home is the list of assistants; with only one there is nothing to choose. */
export default async function Home() {
  const { teamId } = await requireMember();
  const [only, ...others] = await listAssistants(teamId);
  redirect(only && others.length === 0 ? `/assistants/${only.id}` : '/assistants');
}
