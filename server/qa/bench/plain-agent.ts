import { fileURLToPath } from 'node:url';
import {
  asLanguageCode,
  cli,
  defineAgent,
  inference,
  llm,
  ServerOptions,
  stt,
  tts,
  type VAD,
  voice,
} from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import type { AgentInputItem, ModelRequest } from '@openai/agents';
import { z } from 'zod';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { frozenServerSchema } from '#src/lib/calls/frozen-call.ts';
import { type NamedTool, nameTools } from '#src/server/agent/tool-names.ts';
import { config } from '#src/server/config.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { createRehearsalGuide, createRehearsalModel } from '#src/server/models/rehearsal-model.ts';
import { toolParameters } from '#src/server/models/tool-parameters.ts';
import { compileFlite, runFlite } from '#src/server/speech/flite.ts';
import { resample } from '#src/server/speech/resample.ts';
import { SpeechLink } from '#src/server/speech/speech-link.ts';

/**
 * What Patchbay is compared with: a LiveKit agent as its documentation writes one, with all its defaults, on the same
 * recogniser, voices, rule-bound model and MCP server.
 */
export const plainAgentName = 'plain';
export const committedTopic = 'bench.committed';

const jobSchema = z.object({
  config: assistantConfigSchema,
  server: frozenServerSchema,
  knownLines: z.array(z.string()),
});

export default defineAgent<{ vad?: VAD }>({
  prewarm: async (process) => {
    process.userData.vad = new inference.VAD();
  },
  entry: async (ctx) => {
    const job = jobSchema.parse(JSON.parse(ctx.job.metadata));
    const named = nameTools([job.server]);
    const tools = named.map(({ name, tool }) => ({
      key: name,
      definition: tool.definition,
      effect: tool.policy.effect,
    }));
    const rehearsal = { config: job.config, tools, clock: () => new Date() };
    const { speechUrl, speechToken } = config();
    const link = new SpeechLink({
      url: speechUrl,
      token: speechToken,
      grammar: createRehearsalGuide(rehearsal).grammar([], job.knownLines),
    });
    const session = await openMcpSession({ server: job.server, key: null });
    await ctx.connect();
    const agentSession = new voice.AgentSession({
      vad: ctx.proc.userData.vad ?? new inference.VAD(),
      stt: new WholeUtterances(link),
      llm: new RuleLlm(createRehearsalModel(rehearsal)),
      tts: new PlainVoice(job.config.voice),
    });
    agentSession.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
      if (!(item instanceof llm.ChatMessage) || item.role !== 'user') return;
      void ctx.room.localParticipant?.publishData(new TextEncoder().encode(item.textContent ?? ''), {
        topic: committedTopic,
        reliable: true,
      });
    });
    await agentSession.start({
      agent: new voice.Agent({ instructions: 'Answer.', tools: functions(named, session) }),
      room: ctx.room,
    });
    agentSession.say(job.config.greeting);
  },
});

function functions(named: readonly NamedTool[], session: Awaited<ReturnType<typeof openMcpSession>>) {
  return Object.fromEntries(
    named.map(({ name, tool }) => [
      name,
      llm.tool({
        description: tool.definition.description ?? name,
        parameters: toolParameters(tool.definition.inputSchema),
        execute: async (args: Record<string, unknown>) => {
          const result = await session.callTool(tool.definition.name, args, { timeoutMs: 10_000 });
          return JSON.stringify(result.structuredContent);
        },
      }),
    ]),
  );
}

class WholeUtterances extends stt.STT {
  override readonly label = 'bench.whole-utterances';
  readonly #link: SpeechLink;

  constructor(link: SpeechLink) {
    super({ streaming: false, interimResults: false });
    this.#link = link;
  }

  protected override async _recognize(buffer: AudioFrame | AudioFrame[]): Promise<stt.SpeechEvent> {
    this.#link.start();
    for (const frame of [buffer].flat()) this.#link.audio(resample(frame.data, frame.sampleRate, 16_000));
    const heard = await this.#link.stop();
    // As any recogniser does: the likeliest words, whether or not they were judged to fit.
    const { text } = heard;
    const alternative = {
      language: asLanguageCode('en'),
      text,
      startTime: 0,
      endTime: 0,
      confidence: heard.confidence ?? 1,
    };
    return { type: stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives: [alternative] };
  }

  override stream(): stt.SpeechStream {
    throw new Error('LiveKit adapts it.');
  }
}

const compiled = compileFlite();

/** The same voice, as it speaks: with the silence that it puts before a sentence. */
class PlainVoice extends tts.TTS {
  override readonly label = 'bench.voice';
  readonly voice: string;

  constructor(voiceName: string) {
    super(16_000, 1, { streaming: false });
    this.voice = voiceName;
  }

  override synthesize(...args: Parameters<tts.TTS['synthesize']>): tts.ChunkedStream {
    return new PlainSpeech(this, ...args);
  }

  override stream(): tts.SynthesizeStream {
    throw new Error('LiveKit adapts it.');
  }
}

class PlainSpeech extends tts.ChunkedStream {
  override readonly label = 'bench.voice';
  readonly #voice: PlainVoice;

  constructor(of: PlainVoice, ...[text, options, signal]: Parameters<tts.TTS['synthesize']>) {
    super(text, of, options, signal);
    this.#voice = of;
  }

  protected override async run(): Promise<void> {
    const { rate, pcm } = await runFlite(await compiled, this.inputText, this.#voice.voice);
    const samples = resample(pcm, rate, 16_000);
    const frame = new AudioFrame(samples, 16_000, 1, samples.length);
    this.queue.put({ requestId: 'r', segmentId: 's', frame, final: true });
    this.queue.close();
  }
}

/** The rule-bound model as a LiveKit model: it takes no time. */
class RuleLlm extends llm.LLM {
  readonly rules: ReturnType<typeof createRehearsalModel>;

  constructor(rules: ReturnType<typeof createRehearsalModel>) {
    super();
    this.rules = rules;
  }

  override label(): string {
    return 'bench.rules';
  }

  override chat(options: Parameters<llm.LLM['chat']>[0]): llm.LLMStream {
    return new RuleStream(this, options);
  }
}

class RuleStream extends llm.LLMStream {
  readonly label = 'bench.rules';
  readonly #rules: RuleLlm['rules'];

  constructor(of: RuleLlm, { chatCtx, toolCtx, connOptions }: Parameters<llm.LLM['chat']>[0]) {
    const options = connOptions ?? { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 10_000 };
    super(of, { chatCtx, ...(toolCtx ? { toolCtx } : {}), connOptions: options });
    this.#rules = of.rules;
  }

  protected override async run(): Promise<void> {
    const request: ModelRequest = {
      input: this.chatCtx.items.flatMap(itemOf),
      modelSettings: {},
      tools: [],
      outputType: 'text',
      handoffs: [],
      tracing: false,
    };
    for await (const event of this.#rules.getStreamedResponse(request)) {
      if (event.type === 'output_text_delta')
        this.queue.put({ id: 'r', delta: { role: 'assistant', content: event.delta } });
      if (event.type !== 'response_done') continue;
      for (const item of event.response.output) {
        if (item.type !== 'function_call') continue;
        const call = llm.FunctionCall.create({ callId: item.callId, name: item.name, args: item.arguments });
        this.queue.put({ id: 'r', delta: { role: 'assistant', toolCalls: [call] } });
      }
    }
  }
}

function itemOf(item: llm.ChatItem): AgentInputItem[] {
  if (item instanceof llm.ChatMessage) {
    const text = item.textContent ?? '';
    if (item.role === 'user') return [{ type: 'message', role: 'user', content: text }];
    if (item.role !== 'assistant') return [];
    return [{ type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text }] }];
  }
  if (item instanceof llm.FunctionCall)
    return [{ type: 'function_call', callId: item.callId, name: item.name, arguments: item.args, status: 'completed' }];
  if (item instanceof llm.FunctionCallOutput) {
    return [
      {
        type: 'function_call_result',
        callId: item.callId,
        name: item.name,
        status: 'completed',
        output: { type: 'text', text: item.output },
      },
    ];
  }
  return [];
}

if (import.meta.main) {
  const { livekit } = config();
  process.argv.push('--log-level', 'error');
  cli.runApp(
    new ServerOptions({
      agent: fileURLToPath(import.meta.url),
      agentName: plainAgentName,
      wsURL: livekit.url,
      apiKey: livekit.apiKey,
      apiSecret: livekit.apiSecret,
      host: '127.0.0.1',
      port: Number(process.env.PLAIN_PORT),
      numIdleProcesses: 1,
      loadFunc: async () => 0,
      production: true,
    }),
  );
}
