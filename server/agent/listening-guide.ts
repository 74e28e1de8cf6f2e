import type { Sayable } from '#src/lib/calls/call.ts';
import type { Conversation } from '#src/server/agent/conversation.ts';
import type { RehearsalGuide } from '#src/server/agent/rehearsal-guide.ts';
import type { SpeechLink } from '#src/server/speech/speech-link.ts';

/** Makes the function that, after each change, tells the page what can be said now and the recogniser what to listen for. */
export function listeningGuide(
  guide: RehearsalGuide | null,
  link: SpeechLink | null,
  tell: (sayable: Sayable) => void,
): (conversation: Conversation) => void {
  let listeningFor = '';
  return (conversation) => {
    if (!guide) return;
    const items = conversation.items();
    tell(guide.sayable(items));
    const grammar = guide.grammar(items);
    const json = JSON.stringify(grammar);
    if (json === listeningFor) return;
    listeningFor = json;
    // While the speech process is away the link keeps the grammar and sets it later.
    void link?.setGrammar(grammar).catch(() => {});
  };
}
