import { randomUUID } from 'node:crypto';
import type { JobContext, VAD } from '@livekit/agents';
import { isAppError } from '#src/lib/app-error.ts';
import { startClock } from '#src/server/agent/call-clock.ts';
import { createEnding, type Ending, endWithItsCarriers } from '#src/server/agent/call-ending.ts';
import { CallSession } from '#src/server/agent/call-session.ts';
import { callTools } from '#src/server/agent/call-tools.ts';
import { watchCaller } from '#src/server/agent/caller-presence.ts';
import { onControlMessage } from '#src/server/agent/control-messages.ts';
import { EventWriter } from '#src/server/agent/event-writer.ts';
import { Hearing } from '#src/server/agent/hearing.ts';
import { instructionsFor } from '#src/server/agent/instructions.ts';
import { LiveServers } from '#src/server/agent/live-servers.ts';
import { openSpeech } from '#src/server/agent/open-speech.ts';
import { preparedSpeaker } from '#src/server/agent/prepared-speaker.ts';
import { rehearsalGuide } from '#src/server/agent/rehearsal-guide.ts';
import { modelRunner } from '#src/server/agent/run-model.ts';
import { publisher } from '#src/server/agent/sayable-publisher.ts';
import { SilenceWatch } from '#src/server/agent/silence-watch.ts';
import { SpeechLedger } from '#src/server/agent/speech-ledger.ts';
import { nameTools } from '#src/server/agent/tool-names.ts';
import { appendCallEvent, setClock } from '#src/server/calls/event-log.ts';
import { type CallEnding, finishCall } from '#src/server/calls/finish-call.ts';
import { beat } from '#src/server/calls/heartbeat.ts';
import { type LoadedCall, loadCall } from '#src/server/calls/load-call.ts';
import { log } from '#src/server/log.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { openModel } from '#src/server/models/open-model.ts';
import { revealCredential } from '#src/server/secrets/credentials.ts';
import { prepareArguments } from '#src/server/tools/check-arguments.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';

/** A caller who is away this long has left. */
const graceMs = 30_000;
const heartbeatMs = 2_000;

/**
 * A call from the agent's join to its end. Whatever happens, the call is finished in row and log, its room deleted and
 * the process released.
 */
export async function answerCall(ctx: JobContext, callId: string, vad: { turn: VAD; hearing: VAD }): Promise<void> {
  const logger = log('agent').child({ callId });
  const connecting = ctx.connect();
  connecting.catch(() => {});
  const call = await loadCall(callId);
  if (call.status !== 'placed') {
    logger.warn({ status: call.status }, 'call is not waiting for an agent');
    await connecting;
    ctx.shutdown('not waiting');
    return;
  }
  const ending = createEnding();
  endWithItsCarriers(ending, ctx.room);
  let close: () => Promise<void> = async () => {};
  try {
    close = await open(ctx, connecting, call, vad, ending);
  } catch (error) {
    logger.error({ code: codeOf(error) }, 'call could not be opened');
    ending.end({ status: 'failed', code: codeOf(error), message: messageOf(error) });
  }
  const { ending: decided, hurry } = await ending.decided;
  logger.info({ status: decided.status, ...(decided.status === 'failed' ? { code: decided.code } : {}) }, 'call ends');
  if (hurry) await finish(call, decided);
  await close();
  if (!hurry) await finish(call, decided);
  await ctx.deleteRoom(call.room);
  ctx.shutdown('call ended');
}

/** Puts the parts of a call together and greets. Answers the function that takes them apart again. */
async function open(
  ctx: JobContext,
  connecting: Promise<void>,
  call: LoadedCall,
  vad: { turn: VAD; hearing: VAD },
  ending: Ending,
): Promise<() => Promise<void>> {
  const { teamId, callId, frozen } = call;
  const { config } = frozen;
  const { room } = ctx;
  const logger = log('agent').child({ callId });
  const onProblem = (code: string) => logger.warn({ code }, 'problem in a call');
  const reveal = (credentialId: string) => revealCredential(teamId, credentialId);
  const named = nameTools(frozen.servers);
  let speechState = (_part: 'hearing' | 'speaking', _up: boolean, _downMs: number): void => {};
  // The greeting is made while the room is still being joined.
  const tools = named.map(({ name, tool }) => ({ key: name, definition: tool.definition, effect: tool.policy.effect }));
  const thinking = await openModel({ step: config.thinking, providers: frozen.providers, reveal, config, tools });
  const guide = rehearsalGuide(config, tools, call.say ?? []);
  const speech = await openSpeech(frozen, reveal, {
    grammar: guide?.grammar([]) ?? null,
    onState: (part, up, downMs) => speechState(part, up, downMs),
  });
  speech.link?.ready.catch((error: unknown) => {
    if (codeOf(error) === 'speech-full')
      ending.end({ status: 'failed', code: codeOf(error), message: messageOf(error) });
  });
  const speaker = preparedSpeaker(speech.speaker);
  if (config.greeting) void speaker.prepare([config.greeting]);
  await connecting;
  const clock = startClock();
  // Before any event: readers of the log need t = 0. Tried again with the first event when the database is away.
  let clockIsSet: Promise<void> | null = null;
  const clockSet = () => {
    clockIsSet ??= setClock(teamId, callId, clock.startedAt).catch((error: unknown) => {
      clockIsSet = null;
      throw error;
    });
    return clockIsSet;
  };
  const events = new EventWriter({
    clock,
    append: async (event) => {
      await clockSet();
      return appendCallEvent(teamId, callId, event);
    },
    onOverflow: () =>
      ending.end({ status: 'failed', code: 'log-lost', message: 'The log could not be written for too long.' }),
    onProblem,
  });
  events.write('call-started', { dispatchMs: clock.startedAt.getTime() - call.placedAt.getTime() }, { at: 0 });
  const pulse = setInterval(() => void beat(teamId, callId).catch(() => {}), heartbeatMs);
  const tell = publisher(room);
  speechState = (part, up, downMs) => {
    if (up) events.write('speech-recovered', { part, ms: downMs });
    else events.write('speech-lost', { part, code: 'speech-down', message: 'The speech process went away.' });
  };
  const servers = new LiveServers({
    servers: frozen.servers,
    events,
    now: clock.now,
    open: async (server, signal) =>
      openMcpSession({ server, key: server.credentialId ? await reveal(server.credentialId) : null, signal }),
  });

  let working = 0;
  const silence = new SilenceWatch({
    silenceMs: config.limits.silenceMs,
    ask: () => void session.say(config.phrases.stillThere, 'prompt'),
    end: () => ending.end({ status: 'ended', reason: 'silence' }),
  });
  const watchSilence = () => {
    if (working > 0 || session.callerSounds || session.agentState === 'speaking' || session.agentState === 'thinking')
      silence.busy();
    else silence.quiet();
  };
  const listenFor = () => {
    if (!guide) return;
    const items = session.conversation.items();
    tell.sayable(guide.sayable(items));
    void speech.link?.setGrammar(guide.grammar(items)).catch(() => {});
  };
  const ledger = new SpeechLedger({
    events,
    clock,
    onChange: () => {
      watchSilence();
      if (!ledger.sounding) listenFor();
    },
  });

  let askedAgain = 0;
  const hearing = new Hearing(speech.ear, vad.hearing, {
    speechStarted: () => {
      silence.callerActed();
      events.write('caller-speech-started', {}, { turnId: session.turnId });
    },
    speechEnded: (ms) => events.write('caller-speech-ended', { ms }, { turnId: session.turnId }),
    partial: (text) => tell.partial({ who: 'caller', text }),
    notUnderstood: (heard) => {
      const ids = { turnId: session.turnId, at: clock.now() };
      tell.partial({ who: 'caller', text: '' });
      void session.callerGoesOn().then((goesOn) => {
        if (goesOn) return;
        events.write('caller-not-understood', { heard: heard.text, confidence: heard.confidence }, ids);
        if (session.agentState !== 'listening') return;
        session.dropTurn();
        // Noise goes on and on; after two questions a third would only add to it.
        askedAgain += 1;
        if (askedAgain <= 2) session.say(askAgain(heard.text), 'prompt');
      });
    },
    lost: (error) => {
      events.write(
        'speech-lost',
        { part: 'hearing', code: codeOf(error), message: messageOf(error) },
        { turnId: session.turnId },
      );
      void session.sayWhenQuiet(config.phrases.apology, 'apology').catch(() => onProblem('apology-lost'));
    },
  });

  const functions = callTools(named, async (one, args, { turn, reply }) => {
    working += 1;
    silence.busy();
    try {
      return await runToolCall(
        {
          session: (serverId, options) => servers.session(serverId, options),
          quarantined: (serverId, tool) => servers.quarantined(serverId, tool),
          write: (type, data, ids) => events.write(type, data, ids),
          writeThrough: (type, data, ids) => events.writeThrough(type, data, ids),
          sayMeanwhile: () => {
            if (ledger.sounding) return;
            reply.say(config.phrases.slowTool, 'filler');
            reply.pause();
          },
          safeSentence: config.phrases.toolFailed,
          newId: randomUUID,
          now: clock.now,
        },
        { server: one.server, tool: one.tool.definition.name, args, signal: turn.signal, turnId: turn.id },
      );
    } finally {
      working -= 1;
      watchSilence();
    }
  });

  const session = new CallSession({
    room,
    vad: vad.turn,
    hearing,
    speaker,
    ledger,
    events,
    apology: config.phrases.apology,
    answer: modelRunner({
      model: thinking.model,
      modelName: thinking.name,
      settings: thinking.settings,
      instructions: instructionsFor(frozen, new Date()),
      tools: functions,
      events,
      now: clock.now,
      apology: config.phrases.apology,
      onProblem,
    }),
    speechLost: (error) =>
      events.write('speech-lost', { part: 'speaking', code: codeOf(error), message: messageOf(error) }),
    committed: () => {
      askedAgain = 0;
      tell.partial({ who: 'caller', text: '' });
    },
    stateChanged: watchSilence,
    closed: (reason) =>
      ending.end({ status: 'failed', code: 'session-closed', message: `The voice session closed: ${reason}.` }),
    onProblem,
  });

  onControlMessage(room, (message) => {
    if (message.type === 'end') ending.end({ status: 'ended', reason: message.reason });
    else {
      silence.callerActed();
      void session.typed(message.text).catch(() => onProblem('typed-lost'));
    }
  });
  const unwatchCaller = watchCaller({
    room,
    graceMs,
    joined: (participant) => {
      events.write('caller-joined', { name: participant.name || call.callerName, synthetic: call.synthetic });
      listenFor();
    },
    left: () => events.write('caller-left', { graceMs }),
    gone: () => ending.end({ status: 'ended', reason: 'caller-left' }),
  });
  const longest = setTimeout(
    () => ending.end({ status: 'ended', reason: 'max-duration' }),
    config.limits.maxDurationMs,
  );

  const close = async () => {
    clearInterval(pulse);
    clearTimeout(longest);
    silence.busy();
    unwatchCaller();
    await session.close().catch(() => {});
    await servers.close();
    speech.close();
    await events.drained(30_000);
  };
  try {
    await session.start();
    if (config.greeting) session.say(config.greeting, 'greeting');
    // Connecting to servers takes CPU that the greeting needs; their tools are on offer meanwhile.
    void ledger.firstSound(1_000).then(async () => {
      servers.connect();
      const { apology, slowTool, stillThere, toolFailed } = config.phrases;
      await speaker.prepare([apology, slowTool, stillThere, toolFailed]);
      for (const { tool } of named) prepareArguments(tool.definition.inputSchema);
    });
    watchSilence();
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}

function askAgain(heard: string): string {
  return heard
    ? `I heard: ${heard}. I am not sure that is right. Could you say it again, or type it?`
    : 'Sorry, I did not catch that. You can also type.';
}

/** Tells row and log the end; the database may be away for a while. */
async function finish(call: LoadedCall, ending: CallEnding): Promise<void> {
  for (let waitMs = 200; waitMs < 30_000; waitMs *= 2) {
    try {
      await finishCall(call.teamId, call.callId, ending);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  log('agent').error({ callId: call.callId }, 'the end of a call could not be written');
}

function codeOf(error: unknown): string {
  return isAppError(error) ? error.code : 'agent-failed';
}

function messageOf(error: unknown): string {
  return isAppError(error) ? error.message : 'The agent failed.';
}
