import type { CallEvent, CallEventData } from '#src/lib/calls/call-event.ts';
import type { CallNote } from '#src/lib/calls/call-item.ts';
import { endedWords } from '#src/lib/calls/ended-words.ts';
import { followUpWords } from '#src/lib/follow-ups/follow-up-words.ts';
import { counted, durationWords } from '#src/lib/time-words.ts';

/** The line that an event puts between the turns; null for events that are seen elsewhere. */
export function callNote(event: CallEvent, at: number | null): CallNote | null {
  const words = noteWords(event);
  if (!words) return null;
  return {
    kind: 'note',
    id: `note-${event.seq}`,
    at,
    tone: words.tone,
    text: words.text,
    detail: words.detail ?? null,
  };
}

type NoteWords = { tone: CallNote['tone']; text: string; detail?: string };
const quiet = (text: string): NoteWords => ({ tone: 'quiet', text });
const failed = (text: string, detail?: string): NoteWords => ({ tone: 'failed', text, ...(detail ? { detail } : {}) });

function noteWords(event: CallEvent): NoteWords | null {
  switch (event.type) {
    case 'agent-dispatched':
      return event.data.attempt > 1 ? quiet(`Asked for an agent again, try ${event.data.attempt}.`) : null;
    case 'agent-late':
      return { tone: 'waiting', text: `No agent came within ${durationWords(event.data.waitedMs)}.` };
    case 'caller-joined':
      return quiet(`${event.data.name} joined${event.data.synthetic ? ', a synthetic caller' : ''}.`);
    case 'caller-left':
      return {
        tone: 'waiting',
        text: `The caller's connection is gone. The agent waits ${durationWords(event.data.graceMs)} for it.`,
      };
    case 'server-connected':
      return quiet(
        `${event.data.serverName} connected in ${durationWords(event.data.ms)}, ${counted(event.data.tools, 'tool')}.`,
      );
    case 'server-failed':
      return failed(
        `${event.data.serverName} could not be reached. Its tools are off for this call.`,
        `${event.data.code}: ${event.data.message}`,
      );
    case 'definition-quarantined':
      return failed(
        `${event.data.tool} on ${event.data.serverName} is not what was allowed. It is off for this call.`,
        `definition was ${event.data.was}\ndefinition is  ${event.data.is}`,
      );
    case 'tools-changed':
      return quiet(toolsChangedWords(event.data));
    case 'context-read': {
      const { data } = event;
      const cut = data.cutChars > 0 ? ` The last ${data.cutChars.toLocaleString('en')} were left out.` : '';
      return quiet(
        `${data.again ? 'Read again' : 'Read'} ${data.name} of ${data.serverName} for the model, ${counted(data.chars, 'character')}.${cut}`,
      );
    }
    case 'context-failed':
      return failed(
        `${event.data.name} of ${event.data.serverName} could not be read. The model goes on without it.`,
        `${event.data.code}: ${event.data.message}`,
      );
    case 'question-asked':
      return {
        tone: 'waiting',
        text: `${event.data.serverName} asked a person, for ${event.data.tool}: ${event.data.message}`,
      };
    case 'question-answered':
      return quiet(answeredWords(event.data));
    case 'follow-up-created':
      return { tone: 'waiting', text: `To follow up: ${followUpWords(event.data)}` };
    case 'supervisor-joined':
      return quiet(`${event.data.name} listens. The caller does not notice.`);
    case 'supervisor-left':
      return quiet(`${event.data.name} stopped listening after ${durationWords(event.data.ms)}.`);
    case 'supervisor-whispered':
      return {
        tone: 'waiting',
        text: `${event.data.name} whispered to the agent: ${event.data.text}`,
        detail: 'The model has it in its instructions from its next answer on. The caller did not hear it.',
      };
    case 'server-notice':
      return {
        ...quiet(`${event.data.serverName} sent ${event.data.event}.`),
        detail: JSON.stringify(event.data.data, null, 2) ?? '',
      };
    case 'model-failed':
      return failed(
        'The model did not answer. The caller heard an apology.',
        `${event.data.code}: ${event.data.message}`,
      );
    case 'speech-lost':
      return failed(
        event.data.part === 'hearing' ? 'Hearing was lost for a moment.' : 'The voice was lost for a moment.',
        `${event.data.code}: ${event.data.message}`,
      );
    case 'speech-recovered':
      return quiet(
        `${event.data.part === 'hearing' ? 'Hearing' : 'The voice'} came back after ${durationWords(event.data.ms)}.`,
      );
    case 'recording-lost':
      return failed('The recording could not be written any further. The call goes on.', event.data.code);
    case 'recording-deleted':
      return quiet(
        event.data.why === 'too-old'
          ? 'The recording was deleted: it was too old to keep.'
          : 'The recording was deleted.',
      );
    case 'payload-erased':
      return Object.keys(event.data.left).length === 0 ? null : quiet(erasedWords(event.data));
    case 'log-delayed':
      return {
        tone: 'waiting',
        text: `The log was out of reach for ${durationWords(event.data.ms)}. ${counted(event.data.events, 'event')} came late, none is lost.`,
      };
    case 'call-ended':
      return { tone: 'end', text: `${endedWords(event.data.reason)}.` };
    case 'call-failed':
      return failed(event.data.message, event.data.code);
    default:
      return null;
  }
}

function toolsChangedWords({ serverName, offered, withdrawn }: CallEventData<'tools-changed'>): string {
  const parts = [
    ...(offered.length > 0 ? [`now offers ${offered.join(', ')}`] : []),
    ...(withdrawn.length > 0 ? [`no longer offers ${withdrawn.join(', ')}`] : []),
  ];
  return `${serverName} ${parts.join(' and ')}.`;
}

function erasedWords({ what, why }: CallEventData<'payload-erased'>): string {
  const gone = what === 'words' ? 'What was said was erased' : 'What tools were given and answered was erased';
  return why === 'too-old' ? `${gone}: it was too old to keep.` : `${gone}.`;
}

const answerWords = { accept: 'was answered', decline: 'was declined', cancel: 'was called off' } as const;

function answeredWords({ action, by, note }: CallEventData<'question-answered'>): string {
  return `The question ${answerWords[action]}${by ? ` by ${by}` : ''}.${note ? ` ${note}` : ''}`;
}
