import type { FrozenCall } from '#src/lib/calls/frozen-call.ts';
import { type Grammar, grammarOfPhrases } from '#src/lib/speech/grammar.ts';
import type { Ear } from '#src/server/agent/hearing.ts';
import { rehearsalSpeaker, type Speaker } from '#src/server/agent/speaker.ts';
import { config } from '#src/server/config.ts';
import { SpeechLink } from '#src/server/speech/speech-link.ts';

export type Speech = {
  ear: Ear;
  speaker: Speaker;
  /** The line to the speech process, where one is used. */
  link: SpeechLink | null;
  close(): void;
};

export type OpenSpeechOptions = {
  grammar: Grammar | null;
  onState: (part: 'hearing' | 'speaking', up: boolean, downMs: number) => void;
};

/** Hearing and speaking of a call, each by the speech process or by a provider. */
export async function openSpeech(
  frozen: FrozenCall,
  _reveal: (credentialId: string) => Promise<string>,
  options: OpenSpeechOptions,
): Promise<Speech> {
  const { config: assistant } = frozen;
  const { speechUrl, speechToken } = config();
  const link = new SpeechLink({
    url: speechUrl,
    token: speechToken,
    grammar: options.grammar ?? grammarOfPhrases(assistant.rehearsalPhrases),
    onState: (up, downMs) => options.onState('hearing', up, downMs),
  });
  return { ear: link, speaker: rehearsalSpeaker(link, assistant.voice), link, close: () => link.close() };
}
