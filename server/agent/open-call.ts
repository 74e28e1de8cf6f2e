import { setTimeout as sleep } from 'node:timers/promises';
import type { JobContext, VAD } from '@livekit/agents';
import { phrasesFor } from '#src/lib/assistants/default-phrases.ts';
import { fillerPicker } from '#src/lib/assistants/fillers.ts';
import { confirmationWordsOf } from '#src/lib/confirmation/words.ts';
import { defaultTeamSettings } from '#src/lib/teams/team-settings.ts';
import { startClock } from '#src/server/agent/call-clock.ts';
import type { Ending } from '#src/server/agent/call-ending.ts';
import { openCallLog } from '#src/server/agent/call-log.ts';
import { callServers } from '#src/server/agent/call-servers.ts';
import { CallSession } from '#src/server/agent/call-session.ts';
import { callTools } from '#src/server/agent/call-tools.ts';
import { watchCaller } from '#src/server/agent/caller-presence.ts';
import { failureWords } from '#src/server/agent/failure-words.ts';
import { hearCaller } from '#src/server/agent/hear-caller.ts';
import { Hearing } from '#src/server/agent/hearing.ts';
import { instructionsFor } from '#src/server/agent/instructions.ts';
import { listeningGuide } from '#src/server/agent/listening-guide.ts';
import { obeyControl } from '#src/server/agent/obey-control.ts';
import { offeredTools, rehearsalTools, whileSame } from '#src/server/agent/offered-tools.ts';
import { openSpeech } from '#src/server/agent/open-speech.ts';
import { PendingWrites } from '#src/server/agent/pending-writes.ts';
import { preparedSpeaker } from '#src/server/agent/prepared-speaker.ts';
import { recordCall } from '#src/server/agent/record-call.ts';
import { rehearsalGuide } from '#src/server/agent/rehearsal-guide.ts';
import { modelRunner } from '#src/server/agent/run-model.ts';
import { publisher } from '#src/server/agent/sayable-publisher.ts';
import { SilenceWatch } from '#src/server/agent/silence-watch.ts';
import { SpeechLedger } from '#src/server/agent/speech-ledger.ts';
import { Supervision } from '#src/server/agent/supervision.ts';
import { toolCaller } from '#src/server/agent/tool-caller.ts';
import { setClock } from '#src/server/calls/event-log.ts';
import { beat } from '#src/server/calls/heartbeat.ts';
import { identitiesIn } from '#src/server/calls/livekit.ts';
import type { LoadedCall } from '#src/server/calls/load-call.ts';
import { log } from '#src/server/log.ts';
import { takeRequestSlot } from '#src/server/mcp/request-limits.ts';
import { recordToolRun } from '#src/server/mcp/tool-runs.ts';
import { usualTimes } from '#src/server/mcp/usual-times.ts';
import { openModel } from '#src/server/models/open-model.ts';
import { revealCredential } from '#src/server/secrets/credentials.ts';
import { readTeamSettings } from '#src/server/teams/team-settings.ts';
import { prepareArguments } from '#src/server/tools/check-arguments.ts';
import { ReadCache } from '#src/server/tools/read-cache.ts';
import { sharedBreaker } from '#src/server/tools/shared-breaker.ts';
import { storedCircuits } from '#src/server/tools/stored-circuits.ts';
import { storedReads } from '#src/server/tools/stored-reads.ts';
import { storedWrites } from '#src/server/tools/stored-writes.ts';
import { tokenCounts } from '#src/server/tools/token-counts.ts';
import type { EventIds, ToolNames } from '#src/server/tools/tool-runtime.ts';
import { WriteLedger } from '#src/server/tools/write-ledger.ts';

/** A caller who is away this long has left. */
const graceMs = 30_000;
const heartbeatMs = 2_000;

export type OpenCall = {
  ctx: JobContext;
  /** Settles when the room is joined; the greeting is made meanwhile. */
  connecting: Promise<void>;
  call: LoadedCall;
  vad: { turn: VAD; hearing: VAD };
  ending: Ending;
  /** Takes what is left to do when the end of the call is written. */
  afterEnd: (work: () => Promise<void>) => void;
};

/** Another agent was faster: LiveKit is asked for a second one where the first is slow to come. */
export class CallTaken extends Error {
  override readonly name = 'CallTaken';
}

/**
 * Puts the parts of a call together and greets. Answers the function that takes them apart again. Throws AppError, and CallTaken
 * before anything was said.
 */
export async function openCall({
  ctx,
  connecting,
  call,
  vad,
  ending,
  afterEnd,
}: OpenCall): Promise<() => Promise<void>> {
  const { teamId, callId, frozen } = call;
  const { config, servers: frozenServers, providers } = frozen;
  const { limits } = config;
  const phrases = phrasesFor(config);
  const fillers = fillerPicker(config);
  const { room } = ctx;
  const logger = log('agent').child({ callId });
  const onProblem = (code: string) => logger.warn({ code }, 'problem in a call');
  const reveal = (credentialId: string) => revealCredential(teamId, credentialId);

  // Never fails, and is read while model and speech are opened: the greeting waits for it.
  const consentRead = config.recording ? consentOf(teamId) : '';
  let withheld = (_serverId: string, _tool: string): boolean => false;
  const offered = offeredTools(frozenServers, (serverId, tool) => withheld(serverId, tool));
  const tools = rehearsalTools(offered);
  const thinking = await openModel({ step: config.thinking, providers, reveal, config, tools });
  const guide = rehearsalGuide(config, tools, call.say ?? []);
  let speechState = (_part: 'hearing' | 'speaking', _up: boolean, _downMs: number): void => {};
  const speech = await openSpeech(frozen, reveal, {
    grammar: guide?.grammar([]) ?? null,
    onState: (part, up, downMs) => speechState(part, up, downMs),
  });
  speech.link?.ready.catch((error: unknown) => {
    const words = failureWords(error);
    if (words.code === 'speech-full') ending.end({ status: 'failed', ...words });
  });
  const speaker = preparedSpeaker(speech.speaker);
  const openings = [await consentRead, config.greeting].filter((sentence) => sentence !== '');
  void speaker.prepare(openings);
  await connecting;

  const clock = startClock();
  // Without an answer of the database the caller is not left alone: the log takes the call as soon as it can be written.
  const mine = await setClock(teamId, callId, clock.startedAt).catch(() => null);
  if (mine === false) {
    speech.close();
    throw new CallTaken();
  }
  const events = openCallLog(call, clock, {
    clockIsSet: mine === true,
    onOverflow: () =>
      ending.end({ status: 'failed', code: 'log-lost', message: 'The log could not be written for too long.' }),
    onProblem,
  });
  const recording = config.recording ? recordCall({ room, clock, teamId, callId, events, onProblem }) : null;
  if (recording) afterEnd(recording.store);
  // To the end of the process: while the end waits for the database, the call is not lost.
  setInterval(() => void beat(teamId, callId).catch(() => {}), heartbeatMs).unref();
  speechState = (part, up, downMs) => {
    if (up) events.write('speech-recovered', { part, ms: downMs });
    else events.write('speech-lost', { part, code: 'speech-down', message: 'The speech process went away.' });
  };
  const { servers, context, questions } = callServers(call, { events, now: clock.now });
  withheld = (serverId, tool) => servers.quarantined(serverId, tool);

  const supervision = new Supervision({ events, now: clock.now, present: () => identitiesIn(call.room) });

  const tell = publisher(room);
  const tellSayable = listeningGuide(guide, speech.link, tell.sayable);
  const listenFor = () => tellSayable(session.conversation);
  const silence = new SilenceWatch({
    silenceMs: limits.silenceMs,
    ask: () => void session.say(pending.asksCaller ? words.question : phrases.stillThere, 'prompt'),
    end: () => ending.end({ status: 'ended', reason: 'silence' }),
  });
  let callerIsAway = true;
  let toolsWorking = 0;
  const watchSilence = () => {
    const agentActs = session.agentState === 'speaking' || session.agentState === 'thinking';
    if (callerIsAway || toolsWorking > 0 || pending.asksOperator || session.callerSounds || agentActs) silence.busy();
    else silence.quiet();
  };
  const ledger = new SpeechLedger({
    events,
    clock,
    onChange: () => {
      watchSilence();
      // Also when a question begins: it may be answered before it ends.
      listenFor();
    },
    onWords: (text) => tell.partial({ who: 'agent', text }),
  });
  const caller = hearCaller({
    session: () => session,
    events,
    clock,
    silence,
    partial: (text) => tell.partial({ who: 'caller', text }),
    phrases,
    onProblem,
  });
  const usual = usualTimes(teamId);
  const liveIds = frozenServers.map((server) => server.id);
  const tokens = tokenCounts<{ names: ToolNames; ids: EventIds }>();
  const circuits = sharedBreaker(storedCircuits(teamId), liveIds);
  const writes = new WriteLedger(storedWrites(teamId, callId));
  const words = confirmationWordsOf(config.language);
  const pending = new PendingWrites({
    events,
    words,
    heardIn: (turn) => ledger.heardIn(turn),
    now: clock.now,
    decided: (waiting, notDone) =>
      void session
        .answerUnasked((turn, reply) => model.resume(turn, reply, waiting, notDone))
        .catch(() => onProblem('answer-lost')),
  });
  const callTool = toolCaller({
    words,
    servers,
    events,
    ledger,
    phrases,
    fillers: {
      next: (kind) => {
        // Those for later are made once one is needed: a provider's voice costs by the sentence.
        if (kind === 'first') setTimeout(() => void speaker.prepare(fillers.of.still), 1_000).unref();
        return fillers.next(kind);
      },
    },
    fillerAfterMs: limits.fillerAfterMs,
    usual: (serverId, tool) => usual.of(serverId, tool),
    now: clock.now,
    working: (count) => {
      toolsWorking = count;
      watchSilence();
    },
    takeSlot: (server) => takeRequestSlot(teamId, server),
    writes,
    cache: new ReadCache(storedReads(teamId)),
    breaker: circuits.breaker,
    measure: (names, ids, raw, shaped) => tokens.keep({ names, ids }, raw, shaped),
    deadline: (names, ids, timeoutMs) => questions.deadline(names, ids, timeoutMs),
    // Figures are worth no wait and no failure of a call.
    ran: (run) => void recordToolRun(teamId, { ...run, source: 'call' }).catch(() => {}),
  });
  const modelTools = whileSame(offered, (named) => callTools(named, callTool));
  const model = modelRunner({
    model: thinking.model,
    modelName: thinking.name,
    price: thinking.price,
    settings: thinking.settings,
    // Read anew at each turn: what servers list and tell may change in mid-call.
    get instructions() {
      return instructionsFor(frozen, new Date(), [...context.paragraphs(), ...supervision.paragraphs()]);
    },
    get tools() {
      return modelTools();
    },
    pending,
    oneMoment: words.oneMoment,
    events,
    now: clock.now,
    apology: phrases.apology,
    slowPhrase: phrases.slowTool,
    onProblem,
  });
  const session = new CallSession({
    room,
    vad: vad.turn,
    hearing: new Hearing(speech.ear, vad.hearing, caller.hooks, config.language),
    speaker,
    ledger,
    events,
    fromWall: clock.fromWall,
    apology: phrases.apology,
    answer: model.answer,
    speechLost: (error) => events.write('speech-lost', { part: 'speaking', ...failureWords(error) }),
    committed: () => caller.understood(),
    stateChanged: watchSilence,
    closed: (reason) =>
      ending.end({ status: 'failed', code: 'session-closed', message: `The voice session closed: ${reason}.` }),
    onProblem,
  });

  obeyControl(room, {
    ...{ ending, pending, questions, supervision, context, session, silence, onProblem },
    servers: frozenServers,
    decided: watchSilence,
  });
  const unwatchCaller = watchCaller({
    room,
    graceMs,
    joined: (participant) => {
      callerIsAway = false;
      watchSilence();
      events.write('caller-joined', { name: participant.name || call.callerName, synthetic: call.synthetic });
      listenFor();
    },
    left: () => {
      callerIsAway = true;
      silence.busy();
      events.write('caller-left', { graceMs });
    },
    gone: () => ending.end({ status: 'ended', reason: 'caller-left' }),
  });
  const longest = setTimeout(() => ending.end({ status: 'ended', reason: 'max-duration' }), limits.maxDurationMs);

  const close = async () => {
    clearTimeout(longest);
    silence.busy();
    circuits.stop();
    unwatchCaller();
    supervision.close();
    pending.close();
    await session.close().catch(() => {});
    await recording?.end();
    context.close();
    await servers.close();
    speech.close();
    await tokens.countAll(({ names, ids }, count) => events.write('tool-measured', { ...names, ...count }, ids));
    await events.drained(30_000);
    await Promise.race([writes.settled(), sleep(5_000)]);
  };
  try {
    await session.start();
    for (const sentence of openings) session.say(sentence, 'greeting');
    // Connecting to servers takes CPU that the greeting needs; their tools are on offer meanwhile.
    void ledger.firstSound(1_000).then(async () => {
      context.begin();
      servers.connect();
      void usual.load(liveIds);
      void circuits.refresh();
      await speaker.prepare([
        phrases.apology,
        phrases.slowTool,
        phrases.toolFailed,
        phrases.stillThere,
        ...fillers.of.first,
      ]);
      for (const { tool } of offered()) prepareArguments(tool.definition.inputSchema);
    });
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a caller is told before a recorded call. Without an answer of the database the call goes on. */
async function consentOf(teamId: string): Promise<string> {
  const settings = await readTeamSettings(teamId).catch(() => defaultTeamSettings);
  return settings.consent;
}
