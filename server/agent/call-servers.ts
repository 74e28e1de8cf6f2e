import type { EventWriter } from '#src/server/agent/event-writer.ts';
import { LiveQuestions } from '#src/server/agent/live-questions.ts';
import { LiveServers } from '#src/server/agent/live-servers.ts';
import { ServerContext } from '#src/server/agent/server-context.ts';
import type { LoadedCall } from '#src/server/calls/load-call.ts';
import { admitTools } from '#src/server/mcp/admit-tools.ts';
import { lastingSession } from '#src/server/mcp/lasting-session.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { storedAccess } from '#src/server/mcp/stored-access.ts';
import { storedEnv } from '#src/server/mcp/stored-env.ts';
import { tracedTraffic } from '#src/server/mcp/transports/call-trace.ts';

/** The call's servers: their sessions, what they give the model beside tools, and what they ask persons. */
export function callServers(
  { teamId, frozen }: LoadedCall,
  { events, now }: { events: EventWriter; now: () => number },
): { servers: LiveServers; context: ServerContext; questions: LiveQuestions } {
  const context = new ServerContext({ frozen, events, now });
  const questions = new LiveQuestions({ events, now });
  const servers = new LiveServers({
    servers: frozen.servers,
    events,
    now,
    open: async (server, signal) => {
      const [access, env] = [await storedAccess(teamId, server), await storedEnv(teamId, server)];
      const traffic = server.limits.keepMessages === false ? undefined : tracedTraffic();
      const ask = questions.asker(server);
      return lastingSession(() => openMcpSession({ server, access, env, signal, ask, traffic }));
    },
    admit: (server, { listed, unknown, instructions }) => {
      const mine = frozen.config.tools.find(({ serverId }) => serverId === server.id)?.tools ?? [];
      const wanted = unknown.filter((name) => mine.includes(name));
      return admitTools(teamId, { serverId: server.id, listed, instructions, wanted });
    },
    opened: (server, session) => context.opened(server, session),
    failed: (server, failure) => context.failed(server, failure),
  });
  return { servers, context, questions };
}
