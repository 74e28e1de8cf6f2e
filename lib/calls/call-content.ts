import { type ContentKind, contentKinds, erasedText } from '#src/lib/calls/call-content-kind.ts';
import type { CallEvent, CallEventData, CallEventType } from '#src/lib/calls/call-event.ts';

type Content<T extends CallEventType> = {
  kinds: readonly ContentKind[];
  /** What stands in place of the content afterwards; undefined: the field is gone. */
  left: { [K in keyof CallEventData<T>]?: CallEventData<T>[K] | undefined };
};

const words: readonly ContentKind[] = ['words'];
const tools: readonly ContentKind[] = ['tools'];

/**
 * Where the content of a call is in its events: the one table of what is redacted before it is written and of what is erased
 * later. Names, times, codes and ids are no content: what a call did can be seen without what was said in it.
 */
const contents: { [T in CallEventType]?: Content<T> } = {
  'caller-not-understood': { kinds: words, left: { heard: erasedText } },
  'turn-committed': { kinds: words, left: { text: erasedText } },
  'agent-speech-started': { kinds: words, left: { text: erasedText } },
  'agent-speech-interrupted': { kinds: words, left: { heard: erasedText, unheard: '' } },
  'agent-speech-ended': { kinds: words, left: { text: erasedText } },
  'supervisor-whispered': { kinds: words, left: { text: erasedText } },
  // A prompt has both in it.
  'model-started': { kinds: contentKinds, left: { prompt: undefined } },
  'tool-started': { kinds: tools, left: { arguments: {} } },
  'tool-waiting': { kinds: tools, left: { note: erasedText, arguments: undefined } },
  'tool-progress': { kinds: tools, left: { message: undefined } },
  'tool-succeeded': { kinds: tools, left: { answer: erasedText, content: [], structuredContent: undefined } },
  'tool-failed': { kinds: tools, left: { message: erasedText, raw: undefined } },
  'tool-in-doubt': { kinds: tools, left: { message: erasedText } },
  'tool-exchanged': { kinds: tools, left: { exchanges: [] } },
  'question-asked': { kinds: tools, left: { message: erasedText, schema: {} } },
  'question-answered': { kinds: tools, left: { note: undefined } },
  'follow-up-created': { kinds: tools, left: { note: undefined } },
  'server-notice': { kinds: tools, left: { data: null } },
};

/** The types of event that have content of this kind. */
export function typesWithContent(kind: ContentKind): CallEventType[] {
  return Object.entries(contents).flatMap(([type, content]) =>
    content.kinds.includes(kind) && isContentType(type) ? [type] : [],
  );
}

/** The fields of such an event that hold its content. */
export function contentFields(type: CallEventType): string[] {
  return Object.keys(contents[type]?.left ?? {});
}

/** What is left of an event's data once its content is erased. */
export function withoutContent(type: CallEvent['type'], data: object): Record<string, unknown> {
  const left = Object.entries({ ...data, ...contents[type]?.left });
  return Object.fromEntries(left.filter(([, value]) => value !== undefined));
}

function isContentType(type: string): type is keyof typeof contents {
  return type in contents;
}
