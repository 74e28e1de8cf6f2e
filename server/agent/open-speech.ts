import type { PipelineStep } from '#src/lib/assistants/assistant-config.ts';
import type { FrozenCall } from '#src/lib/calls/frozen-call.ts';
import { type Grammar, grammarOfPhrases } from '#src/lib/speech/grammar.ts';
import type { Ear } from '#src/server/agent/hearing.ts';
import { providerEar } from '#src/server/agent/provider-ear.ts';
import { providerSpeaker } from '#src/server/agent/provider-speaker.ts';
import { rehearsalSpeaker, type Speaker } from '#src/server/agent/speaker.ts';
import { config } from '#src/server/config.ts';
import type { SpeechProvider } from '#src/server/models/compatible-speech.ts';
import { findProvider } from '#src/server/models/open-model.ts';
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
  /** The line to the speech process was lost (`up` false), or is back after `downMs`. */
  onState: (part: 'hearing' | 'speaking', up: boolean, downMs: number) => void;
};

/** Hearing and speaking of a call, each by the speech process or by a provider. Throws AppError `provider-gone`. */
export async function openSpeech(
  frozen: FrozenCall,
  reveal: (credentialId: string) => Promise<string>,
  options: OpenSpeechOptions,
): Promise<Speech> {
  const { hearing, speaking, voice, rehearsalPhrases } = frozen.config;
  const [ear, mouth] = await Promise.all([providerOf(frozen, hearing, reveal), providerOf(frozen, speaking, reveal)]);
  if (ear && mouth) return { ear: providerEar(ear), speaker: providerSpeaker(mouth), link: null, close: () => {} };
  const { speechUrl, speechToken } = config();
  const link = new SpeechLink({
    url: speechUrl,
    token: speechToken,
    grammar: options.grammar ?? grammarOfPhrases(rehearsalPhrases),
    onState: (up, downMs) => options.onState(ear ? 'speaking' : 'hearing', up, downMs),
  });
  return {
    ear: ear ? providerEar(ear) : link,
    speaker: mouth ? providerSpeaker(mouth) : rehearsalSpeaker(link, voice),
    link,
    close: () => link.close(),
  };
}

async function providerOf(
  frozen: FrozenCall,
  step: PipelineStep,
  reveal: (credentialId: string) => Promise<string>,
): Promise<(SpeechProvider & { voice: string }) | null> {
  if (step.kind === 'rehearsal') return null;
  const { baseUrl, credentialId } = findProvider(frozen.providers, step.providerId);
  return {
    baseUrl,
    key: credentialId ? await reveal(credentialId) : null,
    model: step.model,
    voice: step.voice || 'alloy',
  };
}
