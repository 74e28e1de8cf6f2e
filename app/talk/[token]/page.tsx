import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { endTalkAction, placeTalkAction, rejoinTalkAction, typeInTalkAction } from '#src/app/talk/[token]/actions.ts';
import { TalkPage } from '#src/components/talk/talk-page.tsx';
import type { Problem } from '#src/lib/action-result.ts';
import { isAppError } from '#src/lib/app-error.ts';
import type { Talk } from '#src/lib/links/talk.ts';
import { readTalk } from '#src/server/links/talk-call.ts';

/** What is told of the page tells nothing of the assistant: a link is sent in chats that make previews of it. */
export const metadata: Metadata = {
  title: 'Talk to an assistant',
  description: 'A call in your browser, through your microphone.',
  robots: { index: false, follow: false },
  referrer: 'no-referrer',
};

export default async function TalkByLinkPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const opened = await talkOrProblem(token);
  return (
    <TalkPage
      talk={'assistantName' in opened ? opened : null}
      over={'code' in opened ? opened : null}
      actions={{
        place: placeTalkAction.bind(null, token),
        rejoin: rejoinTalkAction.bind(null, token),
        sendText: typeInTalkAction.bind(null, token),
        end: endTalkAction.bind(null, token),
      }}
    />
  );
}

/** A link that is over still leads back into a call that goes on; one that never was is the not-found page. */
async function talkOrProblem(secret: string): Promise<Talk | Problem> {
  try {
    return await readTalk(secret);
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === 'link-unknown') notFound();
    if (error.code !== 'link-over' && error.code !== 'link-used-up') throw error;
    return { code: error.code, message: error.message, hint: error.hint };
  }
}
