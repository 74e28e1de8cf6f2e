import type { Metadata } from 'next';
import {
  createAssistantAction,
  deleteAssistantAction,
  duplicateAssistantAction,
  restoreAssistantAction,
} from '#src/app/(console)/assistants/actions.ts';
import { AssistantList } from '#src/components/assistants/assistant-list.tsx';
import { may } from '#src/lib/teams/rights.ts';
import { listAssistants } from '#src/server/assistants/read-assistants.ts';
import { requireMember } from '#src/server/teams/session.ts';

export const metadata: Metadata = { title: 'Assistants' };

export default async function AssistantsPage() {
  const member = await requireMember('assistant:read');
  return (
    <AssistantList
      assistants={await listAssistants(member.teamId)}
      mayWrite={may(member.role, 'assistant:write')}
      actions={{
        create: createAssistantAction,
        duplicate: duplicateAssistantAction,
        remove: deleteAssistantAction,
        restore: restoreAssistantAction,
      }}
    />
  );
}
