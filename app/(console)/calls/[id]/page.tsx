import type { Metadata } from 'next';
import {
  answerQuestionAction,
  decideApprovalAction,
  endCallAction,
  joinCallAction,
  listenAction,
  sendTextAction,
  whisperAction,
} from '#src/app/(console)/calls/[id]/actions.ts';
import { eraseCallAction } from '#src/app/(console)/calls/[id]/erase-action.ts';
import {
  addCommentAction,
  addLabelAction,
  deleteCommentAction,
  removeLabelAction,
} from '#src/app/(console)/calls/[id]/note-actions.ts';
import { shareCallAction } from '#src/app/(console)/calls/[id]/share-actions.ts';
import { finishFollowUpAction, reopenFollowUpAction } from '#src/app/(console)/calls/follow-ups/actions.ts';
import { revokeLinkAction } from '#src/app/(console)/revoke-link-action.ts';
import { momentOf, type SearchParams } from '#src/app/moment-of.ts';
import { orNotFound } from '#src/app/or-not-found.ts';
import { CallPage } from '#src/components/call/call-page.tsx';
import { may } from '#src/lib/teams/rights.ts';
import { listAfterCallRuns } from '#src/server/after-call/read-runs.ts';
import { listAssistants } from '#src/server/assistants/read-assistants.ts';
import { readAnnotations } from '#src/server/calls/annotations.ts';
import { listLooks, noteLook } from '#src/server/calls/call-looks.ts';
import { readAllEvents } from '#src/server/calls/event-log.ts';
import { readCall } from '#src/server/calls/read-calls.ts';
import { consentOfCall } from '#src/server/calls/recording/consent.ts';
import { readRecording } from '#src/server/calls/recording/read-recording.ts';
import { followsRules } from '#src/server/calls/supervise.ts';
import { listFollowUps } from '#src/server/follow-ups/follow-ups.ts';
import { listShareLinks } from '#src/server/links/share-call.ts';
import { requireMember } from '#src/server/teams/session.ts';

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { teamId } = await requireMember('call:read');
  const call = await orNotFound(readCall(teamId, (await params).id));
  return { title: `Call with ${call.assistantName}` };
}

export default async function OneCallPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { teamId, role, userName, userId } = await requireMember('call:read');
  const call = await orNotFound(readCall(teamId, id));
  await noteLook({ teamId, role, name: userName, userId }, id, 'page');
  const [events, assistants, afterCall, followUps, recording, consent, notes, looks, links] = await Promise.all([
    readAllEvents(teamId, id),
    listAssistants(teamId),
    listAfterCallRuns(teamId, id),
    listFollowUps(teamId, { callId: id, limit: 100 }),
    readRecording(teamId, id),
    consentOfCall(teamId, id),
    readAnnotations({ teamId, userId }, id),
    listLooks(teamId, id),
    may(role, 'call:share') ? listShareLinks(teamId, id) : null,
  ]);
  return (
    <CallPage
      key={id}
      call={call}
      log={JSON.stringify(events)}
      recording={recording}
      consent={consent}
      afterCall={afterCall}
      followUps={followUps.items}
      notes={notes}
      looks={looks}
      links={links}
      mayAnnotate={may(role, 'call:annotate')}
      serverNow={Date.now()}
      mayControl={may(role, 'call:control')}
      supervise={
        may(role, 'call:supervise') && (call.status === 'placed' || call.status === 'live')
          ? { rehearsal: await followsRules(teamId, id) }
          : null
      }
      mayCall={may(role, 'call:place') && assistants.some((assistant) => assistant.id === call.assistantId)}
      mine={call.caller.kind === 'member' && call.caller.name === userName && may(role, 'call:place')}
      moment={momentOf(await searchParams)}
      actions={{
        join: joinCallAction,
        end: endCallAction,
        sendText: sendTextAction,
        listen: listenAction,
        whisper: whisperAction,
        decideApproval: decideApprovalAction,
        answerQuestion: answerQuestionAction,
        erase: may(role, 'call:erase') ? eraseCallAction : null,
        share: shareCallAction,
        revokeShare: revokeLinkAction,
        addLabel: addLabelAction,
        removeLabel: removeLabelAction,
        addComment: addCommentAction,
        deleteComment: deleteCommentAction,
        finish: finishFollowUpAction,
        reopen: reopenFollowUpAction,
      }}
    />
  );
}
