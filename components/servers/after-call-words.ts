import { afterCallSources } from '#src/lib/mcp/after-call-plan.ts';

type Source = (typeof afterCallSources)[number];

export const sourceWords: Record<Source, string> = {
  callId: 'Id of the call',
  assistant: 'Assistant',
  caller: 'Caller',
  startedAt: 'Start, date and time',
  durationSeconds: 'Length, in seconds',
  endedReason: 'How it ended',
  transcript: 'Transcript',
  toolLog: 'Tool log, as JSON',
  summary: 'What was done, in words',
};

const otherNames: Record<string, Source> = { date: 'startedAt', time: 'startedAt', duration: 'durationSeconds' };

/** What an argument of this name most likely takes; undefined where the name tells nothing. */
export function suggestedSource(parameter: string): Source | undefined {
  const name = parameter.replace(/[_-]/g, '').toLowerCase();
  return afterCallSources.find((source) => source.toLowerCase() === name) ?? otherNames[name];
}
