import { fileURLToPath } from 'node:url';
import { cli, defineAgent, inference, ServerOptions, type VAD } from '@livekit/agents';
import { z } from 'zod';
import { agentName } from '#src/lib/calls/call.ts';
import { answerCall } from '#src/server/agent/answer-call.ts';
import { endOfSpeechSilenceMs } from '#src/server/agent/hearing.ts';
import { holdRespawn } from '#src/server/agent/hold-respawn.ts';
import { config } from '#src/server/config.ts';
import { connection } from '#src/server/db/connection.ts';

const metadataSchema = z.object({ callId: z.string() });

export type Warm = { vad?: { turn: VAD; hearing: VAD } };

/** What a call's process runs: LiveKit loads this file in each of them and asks for its default export. */
export default defineAgent<Warm>({
  prewarm: async (process) => {
    process.userData.vad = loadVad();
    // The first query would pay for the connection.
    await connection().sql`select 1`.catch(() => {});
  },
  entry: async (ctx) => {
    const { callId } = metadataSchema.parse(JSON.parse(ctx.job.metadata));
    await answerCall(ctx, callId, ctx.proc.userData.vad ?? loadVad());
  },
});

function loadVad(): { turn: VAD; hearing: VAD } {
  return { turn: new inference.VAD(), hearing: new inference.VAD({ minSilenceDuration: endOfSpeechSilenceMs }) };
}

/** Whoever was forked by a worker that is gone ends too; the call has a moment to say so. */
function endWithoutWorker(): void {
  if (!process.connected) process.exit(0);
  process.once('disconnect', () => setTimeout(() => process.exit(0), 5_000));
}

if (import.meta.main) {
  const { livekit, maxCalls, idleProcesses, workerPort } = config();
  await holdRespawn(idleProcesses);
  // LiveKit's own lines carry what callers say below this level, and it would take LOG_LEVEL for them.
  process.argv.push('--log-level', 'error');
  cli.runApp(
    new ServerOptions({
      agent: fileURLToPath(import.meta.url),
      agentName,
      wsURL: livekit.url,
      apiKey: livekit.apiKey,
      apiSecret: livekit.apiSecret,
      host: '127.0.0.1',
      port: workerPort,
      numIdleProcesses: idleProcesses === 0 ? -1 : idleProcesses,
      // LiveKit sends no job to a worker whose load is 0.7 or more, and says nothing about it.
      loadFunc: async (worker) => Math.min(1, (worker.activeJobs.length / maxCalls) * 0.7),
      loadThreshold: 0.7,
      drainTimeout: 2_000,
      shutdownProcessTimeout: 5_000,
      // On a busy machine a process needs long to start; ending it then only makes the machine busier.
      initializeProcessTimeout: 60_000,
      requestFunc: async (request) => request.accept('Patchbay', `${agentName}-${request.id}`),
      production: true,
    }),
  );
} else if (process.send) endWithoutWorker();
