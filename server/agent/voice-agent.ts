import type { ReadableStream } from 'node:stream/web';
import { type FlushSentinel, llm, voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';

export type VoiceAgentHooks = {
  /** The caller's turn is over; what was heard as a whole replaces its pieces. */
  turnOver(message: llm.ChatMessage): void;
  /** Begins the reply to what the caller said last. */
  answer(message: llm.ChatMessage): ReadableStream<string | typeof FlushSentinel> | null;
  /** Makes speech of one utterance of the current reply. */
  speak(text: AsyncIterable<string>): ReadableStream<AudioFrame> | null;
};

/** LiveKit's agent, whose thinking and speaking are ours. */
export class VoiceAgent extends voice.Agent {
  readonly #hooks: VoiceAgentHooks;

  constructor(hooks: VoiceAgentHooks) {
    super({ instructions: '' });
    this.#hooks = hooks;
  }

  override async onUserTurnCompleted(_chatCtx: llm.ChatContext, message: llm.ChatMessage): Promise<void> {
    this.#hooks.turnOver(message);
  }

  override async llmNode(chatCtx: llm.ChatContext): Promise<ReadableStream<string | typeof FlushSentinel> | null> {
    const last = chatCtx.items.findLast((item) => item instanceof llm.ChatMessage && item.role === 'user');
    return last instanceof llm.ChatMessage ? this.#hooks.answer(last) : null;
  }

  override async ttsNode(
    text: ReadableStream<string> | AsyncIterable<string>,
  ): Promise<ReadableStream<AudioFrame> | null> {
    return this.#hooks.speak(text);
  }
}
