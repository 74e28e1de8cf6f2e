import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { ReadableStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FlushSentinel, inference, llm, type VAD, voice } from '@livekit/agents';
import type { AudioFrame, Room } from '@livekit/rtc-node';
import type { AgentInputItem } from '@openai/agents';
import { callerIdentity } from '#src/lib/calls/call.ts';
import { Conversation } from '#src/server/agent/conversation.ts';
import type { EventWriter } from '#src/server/agent/event-writer.ts';
import type { HeardWords, Hearing } from '#src/server/agent/hearing.ts';
import { quietSessionHost } from '#src/server/agent/quiet-session-host.ts';
import { ReplyStream } from '#src/server/agent/reply-stream.ts';
import { RunnerLlm } from '#src/server/agent/runner-llm.ts';
import { speakText } from '#src/server/agent/speak-text.ts';
import type { Speaker } from '#src/server/agent/speaker.ts';
import type { SpeechLedger } from '#src/server/agent/speech-ledger.ts';
import { Turn } from '#src/server/agent/turn.ts';
import type { SpeechKind, Utterance } from '#src/server/agent/utterance.ts';
import { VoiceAgent } from '#src/server/agent/voice-agent.ts';

/** Of the detector's estimate that the turn is over. Half a sentence is not understood at all, so less is asked than its own 0.36. */
const wholeSentenceThreshold = 0.2;
/** How long the detector may wait for the rest of a sentence. */
const longestPauseMs = 1_800;
/** Whoever is silent for longer has ended a sentence that was not understood. */
const pauseInSentenceMs = 1_000;

export type CallSessionOptions = {
  room: Room;
  vad: VAD;
  hearing: Hearing;
  speaker: Speaker;
  ledger: SpeechLedger;
  events: Pick<EventWriter, 'write'>;
  /** Wall time to the call's clock. */
  fromWall: (epochMs: number) => number;
  apology: string;
  /** Answers a turn into its reply; never throws. */
  answer: (turn: Turn, reply: ReplyStream, items: AgentInputItem[]) => Promise<void>;
  speechLost: (error: unknown) => void;
  /** The caller's turn is certain. */
  committed: (turn: Turn) => void;
  /** Who sounds has changed. */
  stateChanged: () => void;
  /** LiveKit's session ended by itself. */
  closed: (reason: string) => void;
  onProblem: (code: string) => void;
};

/**
 * One call's LiveKit session: it owns audio, voice activity, end of turn and interruption. Replies are begun on a guess;
 * which of them counts is known when the caller's turn is committed, and no tool runs before.
 */
export class CallSession {
  readonly conversation = new Conversation();
  /** Id of the turn that the caller is in, before it is committed. */
  turnId: string = randomUUID();
  readonly #options: CallSessionOptions;
  readonly #session: voice.AgentSession;
  readonly #current = new AsyncLocalStorage<voice.SpeechHandle>();
  readonly #replies = new Map<voice.SpeechHandle, { turn: Turn; reply: ReplyStream }>();
  readonly #typed = new Set<string>();
  /** Of the turn that ended last. */
  #words: HeardWords | null = null;

  constructor(options: CallSessionOptions) {
    this.#options = options;
    this.#session = new voice.AgentSession({
      vad: options.vad,
      stt: options.hearing,
      llm: new RunnerLlm(),
      userAwayTimeout: null,
      aecWarmupDuration: 500,
      // A slow tool is no stall: our own deadlines are shorter than these.
      ttsReadIdleTimeout: 180_000,
      forwardAudioIdleTimeout: 180_000,
      turnHandling: {
        turnDetection: new inference.TurnDetector({
          version: 'v1-mini',
          ...(options.hearing.ear.wholeSentences ? { unlikelyThreshold: wholeSentenceThreshold } : {}),
        }),
        interruption: {
          mode: 'vad',
          // An answer that a sound held up goes on when no words came of it; a provider may take longer to hear some.
          falseInterruptionTimeout: options.hearing.ear.wholeSentences ? 400 : 2_000,
        },
        endpointing: { mode: 'fixed', minDelay: 0, maxDelay: longestPauseMs },
        preemptiveGeneration: { enabled: true, preemptiveTts: true },
      },
    });
    this.#listen();
  }

  get agentState(): voice.AgentState {
    return this.#session.agentState;
  }

  get callerSounds(): boolean {
    return this.#session.userState === 'speaking';
  }

  async start(): Promise<void> {
    const { room, speaker, ledger } = this.#options;
    const agent = new VoiceAgent({
      turnOver: (message) => {
        const { whole, words } = this.#options.hearing.endTurn();
        if (whole) message.content = [whole];
        this.#words = words;
      },
      answer: (message) => this.#answer(message),
      speak: (text) => this.#speak(text),
    });
    await this.#session.start({
      agent,
      room,
      inputOptions: {
        audioSampleRate: 16_000,
        participantIdentity: callerIdentity,
        closeOnDisconnect: false,
        textEnabled: false,
      },
      outputOptions: { audioSampleRate: speaker.sampleRate, transcriptionEnabled: false, syncTranscription: false },
      record: false,
    });
    await quietSessionHost(this.#session);
    const audio = this.#session.output.audio;
    audio?.on(voice.AudioOutput.EVENT_PLAYBACK_STARTED, ({ createdAt }: voice.PlaybackStartedEvent) =>
      ledger.started(createdAt),
    );
    audio?.on(
      voice.AudioOutput.EVENT_PLAYBACK_FINISHED,
      ({ playbackPosition, interrupted }: voice.PlaybackFinishedEvent) =>
        ledger.finished(playbackPosition * 1000, interrupted),
    );
  }

  /** Says a sentence that is nobody's answer: greeting, prompt, apology. */
  say(text: string, kind: SpeechKind): voice.SpeechHandle {
    const opened = Promise.withResolvers<Utterance>();
    const audio = new ReadableStream<AudioFrame>({
      start: async (controller) => {
        const frames = speakText(only(text), { ...this.#speakOptions(), utterance: await opened.promise });
        for await (const frame of frames) controller.enqueue(frame);
        controller.close();
      },
    });
    const handle = this.#session.say(text, { audio, addToChatCtx: false });
    const utterance = this.#options.ledger.open(handle, kind, null);
    this.conversation.add(utterance);
    opened.resolve(utterance);
    return handle;
  }

  /** Answers though the caller said nothing just now: something that was waited for has come. Begins once the caller is quiet. */
  async answerUnasked(answer: (turn: Turn, reply: ReplyStream) => Promise<void>): Promise<void> {
    while (this.callerSounds) await sleep(50);
    const opened = Promise.withResolvers<{ reply: ReplyStream; utterance: Utterance }>();
    const audio = new ReadableStream<AudioFrame>({
      start: async (controller) => {
        const { reply, utterance } = await opened.promise;
        const frames = speakText(textOf(reply.stream), { ...this.#speakOptions(), utterance });
        for await (const frame of frames) controller.enqueue(frame);
        controller.close();
      },
    });
    const handle = this.#session.say('', { audio, addToChatCtx: false });
    const turn = new Turn({ handle, text: '', source: 'typed' });
    const reply = new ReplyStream({ onCancel: () => turn.stop() });
    const utterance = this.#options.ledger.open(handle, 'answer', turn);
    this.conversation.add(turn);
    this.conversation.add(utterance);
    turn.commit();
    opened.resolve({ reply, utterance });
    await answer(turn, reply);
  }

  /** Says a sentence once the caller is quiet; what is begun before would be held back for longer. */
  async sayWhenQuiet(text: string, kind: SpeechKind): Promise<void> {
    for (let waitedMs = 0; this.callerSounds && waitedMs < 2_000; waitedMs += 20) await sleep(20);
    this.say(text, kind);
  }

  /** Waits as long as a pause in a sentence may last. True when the caller went on: what was not understood was its first half. */
  async callerGoesOn(): Promise<boolean> {
    const { turn } = this.#options.hearing;
    const before = turn.segments;
    await sleep(pauseInSentenceMs);
    return this.callerSounds || turn.segments !== before;
  }

  /** Forgets what the caller said since the last turn. */
  dropTurn(): void {
    this.#session.clearUserTurn();
    this.#options.hearing.endTurn();
  }

  /** What the caller typed interrupts and is a turn at once. */
  async typed(text: string): Promise<void> {
    await this.interrupt();
    this.dropTurn();
    const message = llm.ChatMessage.create({ role: 'user', content: text });
    this.#typed.add(message.id);
    this.#session.generateReply({ userInput: message, inputModality: 'text' });
  }

  /** Stops whatever the agent is saying or thinking. */
  async interrupt(): Promise<void> {
    await this.#session.interrupt({ force: true }).await.catch(() => {});
    await this.#options.ledger.settled();
  }

  async close(): Promise<void> {
    for (const { turn } of this.#replies.values()) turn.stop();
    await this.#session.close();
  }

  #listen(): void {
    const { AgentSessionEventTypes: on } = voice;
    // Emitted while the reply is being made, before its task begins: the task inherits which handle it is.
    this.#session.on(on.SpeechCreated, ({ speechHandle }) => this.#current.enterWith(speechHandle));
    this.#session.on(on.ConversationItemAdded, ({ item }) => {
      if (item instanceof llm.ChatMessage && item.role === 'user') this.#commit(item);
    });
    this.#session.on(on.AgentStateChanged, () => this.#options.stateChanged());
    this.#session.on(on.UserStateChanged, () => this.#options.stateChanged());
    this.#session.on(on.Error, ({ error }) => this.#options.onProblem(error.type));
    this.#session.on(on.Close, ({ reason }) => this.#options.closed(String(reason)));
  }

  #answer(message: llm.ChatMessage): ReadableStream<string | typeof FlushSentinel> | null {
    const handle = this.#current.getStore();
    const text = message.textContent?.trim();
    if (!handle || !text) return null;
    const typed = this.#typed.has(message.id);
    const turn = new Turn({ id: typed ? randomUUID() : this.turnId, handle, text, source: typed ? 'typed' : 'spoken' });
    const reply = new ReplyStream({ onCancel: () => turn.stop() });
    this.#replies.set(handle, { turn, reply });
    handle.addDoneCallback(() => this.#replies.delete(handle));
    void this.#options.ledger.settled().then(() => this.#options.answer(turn, reply, this.conversation.items(turn)));
    return reply.stream;
  }

  #speak(text: AsyncIterable<string>): ReadableStream<AudioFrame> | null {
    const handle = this.#current.getStore();
    const current = handle && this.#replies.get(handle);
    if (!current) return null;
    const { turn, reply } = current;
    const utterance = this.#options.ledger.open(turn.handle, reply.nextKind(), turn);
    turn.tell(() => this.conversation.add(utterance));
    return speakText(text, { ...this.#speakOptions(), utterance });
  }

  #speakOptions() {
    const { speaker, apology, speechLost } = this.#options;
    return { speaker, apology, lost: speechLost };
  }

  /** The user's message of a reply is added when the reply counts: the turn is certain. */
  #commit(message: llm.ChatMessage): void {
    const text = message.textContent?.trim();
    const found = [...this.#replies.values()].findLast(
      ({ turn }) => !turn.committed && turn.handle.scheduled && turn.text === text,
    );
    if (!found) return;
    const { turn } = found;
    const { stoppedSpeakingAt, transcriptionDelay } = message.metrics;
    if (turn.source === 'spoken') {
      turn.callerStoppedAt = stoppedSpeakingAt === undefined ? null : stoppedSpeakingAt * 1000;
      this.turnId = randomUUID();
    }
    this.conversation.add(turn);
    const wordsAt = turn.source === 'spoken' && this.#words?.text === turn.text ? this.#words.at : null;
    const confidence = turn.source === 'spoken' ? (message.transcriptConfidence ?? null) : null;
    this.#options.events.write(
      'turn-committed',
      {
        text: turn.text,
        source: turn.source,
        confidence,
        ...(turn.source === 'typed' || transcriptionDelay === undefined
          ? {}
          : { transcriptMs: Math.round(transcriptionDelay * 1000) }),
        ...(wordsAt ? { wordsAt: wordsAt.map((at) => this.#options.fromWall(at)) } : {}),
      },
      { turnId: turn.id },
    );
    turn.commit();
    this.#options.committed(turn);
  }
}

async function* textOf(pieces: AsyncIterable<string | typeof FlushSentinel>): AsyncGenerator<string> {
  for await (const piece of pieces) if (typeof piece === 'string') yield piece;
}

async function* only(text: string): AsyncGenerator<string> {
  yield text;
}
