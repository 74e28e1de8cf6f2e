import { languageForModel, type SpokenLanguage } from '#src/lib/assistants/spoken-language.ts';
import type { FrozenCall } from '#src/lib/calls/frozen-call.ts';

/** What a model is told before the conversation: the assistant's instructions, those of its servers, their `context`, and that it is heard. */
export function instructionsFor(frozen: FrozenCall, today: Date, context: readonly string[] = []): string {
  const servers = frozen.servers
    .filter((server) => server.phase === 'live' && server.instructions && server.limits.mayInstruct !== false)
    .map((server) => `About the tools of "${server.name}", by their owner:\n${server.instructions}`);
  return [frozen.config.instructions, ...servers, ...context, voiceRules(today, frozen.config.language)]
    .filter(Boolean)
    .join('\n\n');
}

function voiceRules(today: Date, language: SpokenLanguage): string {
  return [
    'You are on a phone call: what you write is spoken aloud.',
    ...(language === 'en' ? [] : [`Speak ${languageForModel[language]}, unless the caller speaks another language.`]),
    'Answer in one to three short sentences, in plain words, without lists, markup, emoji or addresses.',
    'Say numbers and dates the way people say them. Never read out ids, codes or technical errors.',
    'Use a tool whenever it knows better than you do. Before a tool changes anything, repeat what you are about to do and wait for a yes.',
    'When a tool answers with an error that has a sentence in "say", say that sentence.',
    `Today is ${today.toISOString().slice(0, 10)}.`,
  ].join(' ');
}
