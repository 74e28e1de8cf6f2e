import { type CallEvent, type CallEventData, type CallEventType, parseCallEvent } from '#src/lib/calls/call-event.ts';
import { failureReason } from '#src/lib/calls/failure-reason.ts';
import { redactData } from '#src/lib/calls/redact-event.ts';
import type { ShareOptions } from '#src/lib/links/link.ts';
import { privateKindSchema } from '#src/lib/teams/team-settings.ts';

type Shown = { payloads: boolean; serverName: string; serverId: string };
type Show<T extends CallEventType> = (data: CallEventData<T>, shown: Shown) => CallEventData<T>;

const names = ({ tool }: { tool: string }, { serverId, serverName }: Shown) => ({ serverId, serverName, tool });
const empty = () => ({});

/**
 * What of a call leaves the house by a share link: a type that is not here is left out, and so is a field that is not named. Nobody of
 * the team is in it, no prompt, no message on the wire, no address and no word of a machine about its own failure.
 */
const allowed: { [T in CallEventType]?: Show<T> } = {
  'call-started': empty,
  'caller-joined': ({ synthetic }) => ({ name: 'Caller', synthetic }),
  'caller-left': ({ graceMs }) => ({ graceMs }),
  'server-failed': ({ ms }, { serverId, serverName }) => ({ serverId, serverName, ms, code: '', message: '' }),
  'caller-speech-started': empty,
  'caller-speech-ended': ({ ms }) => ({ ms }),
  'caller-not-understood': ({ heard, confidence }) => ({ heard, confidence }),
  'turn-committed': ({ text, source, confidence, wordsAt }) => ({ text, source, confidence, wordsAt }),
  'model-started': ({ round }) => ({ model: 'model', round }),
  'model-answered': ({ ms, firstTokenMs, toolCalls }) => ({
    model: 'model',
    ms,
    firstTokenMs,
    inputTokens: null,
    outputTokens: null,
    toolCalls,
  }),
  'model-failed': ({ ms }) => ({ model: 'model', ms, code: '', message: '' }),
  'agent-speech-started': ({ speechId, text, kind, delayMs }) => ({ speechId, text, kind, delayMs }),
  'agent-speech-interrupted': ({ speechId, heard, unheard }) => ({ speechId, heard, unheard }),
  'agent-speech-ended': ({ speechId, text }) => ({ speechId, text }),
  'tool-started': (data, shown) => ({
    ...names(data, shown),
    arguments: shown.payloads ? data.arguments : {},
    effect: data.effect,
    repeatOf: data.repeatOf,
  }),
  'tool-waiting': (data, shown) => ({
    ...names(data, shown),
    waitingFor: data.waitingFor,
    note: shown.payloads ? data.note : '',
    arguments: shown.payloads ? data.arguments : undefined,
  }),
  'tool-confirmed': (data, shown) => ({ ...names(data, shown), by: data.by, name: null }),
  'tool-declined': (data, shown) => ({ ...names(data, shown), ms: data.ms, reason: data.reason, name: null }),
  'tool-succeeded': (data, shown) => ({
    ...names(data, shown),
    ms: data.ms,
    answer: shown.payloads ? data.answer : '',
    content: shown.payloads ? data.content : [],
    structuredContent: shown.payloads ? data.structuredContent : undefined,
    attempts: data.attempts,
    cached: data.cached,
    times: data.times,
  }),
  'tool-failed': (data, shown) => ({
    ...names(data, shown),
    ms: data.ms,
    code: data.code,
    message: shown.payloads ? data.message : (failureReason(data.code) ?? 'It did not work.'),
    attempts: data.attempts,
    times: data.times,
  }),
  'tool-in-doubt': (data, shown) => ({
    ...names(data, shown),
    ms: data.ms,
    message: 'No answer came, so nobody knows whether it was done.',
    attempts: data.attempts,
    times: data.times,
  }),
  'speech-lost': ({ part }) => ({ part, code: '', message: '' }),
  'speech-recovered': ({ part, ms }) => ({ part, ms }),
  // What is left of each event is in the events themselves; here only that there was something to erase.
  'payload-erased': ({ what, why, left }) => ({ what, why, left: Object.keys(left).length > 0 ? { '0': null } : {} }),
  'call-ended': ({ reason, durationMs }) => ({ reason, durationMs }),
  'call-failed': ({ code, message, durationMs }) => ({ code, message, durationMs }),
};

/** The log of a call as a share link shows it; private patterns are taken out whatever the team has set. Pure. */
export function sharedLog(events: readonly CallEvent[], { payloads }: ShareOptions): CallEvent[] {
  const servers = new Map<string, string>();
  return events.flatMap((event) => {
    const serverId = 'serverId' in event.data ? event.data.serverId : '';
    const serverName = 'serverName' in event.data ? event.data.serverName : '';
    if (!servers.has(serverId)) servers.set(serverId, `server-${servers.size + 1}`);
    const shown = { payloads, serverName, serverId: servers.get(serverId) ?? '' };
    const data = shownData(event.type, event.data, shown);
    if (data === null) return [];
    const { seq, type, at, recordedAt, turnId, toolCallId, erased } = event;
    const place = { seq, type, at, recordedAt, turnId, toolCallId, erased };
    return [parseCallEvent({ ...place, data: redactData(type, data, privateKindSchema.options) })];
  });
}

function shownData<T extends CallEventType>(type: T, data: CallEventData<T>, shown: Shown): CallEventData<T> | null {
  const show: Show<T> | undefined = allowed[type];
  return show ? show(data, shown) : null;
}
