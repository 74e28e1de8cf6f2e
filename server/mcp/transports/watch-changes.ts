import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@modelcontextprotocol/client';
import type { ContextChange } from '#src/server/mcp/mcp-session.ts';

const relistenMs = 2_000;
const subscribeTimeoutMs = 10_000;

type Filter = Parameters<Client['listen']>[0];

/**
 * Tells of changed tools, resources and prompts: by notification in the handshake era, by a subscription that is renewed in the
 * stateless one (V2).
 */
export function watchChanges(client: Client): {
  onTools: (listener: () => void) => void;
  onContext: (uris: readonly string[], listener: (change: ContextChange) => void) => void;
  stop: () => void;
} {
  const tools: (() => void)[] = [];
  const contexts: ((change: ContextChange) => void)[] = [];
  const stopped = new AbortController();
  const tellTools = () => {
    for (const listener of tools) listener();
  };
  const tellContext = (change: ContextChange) => {
    for (const listener of contexts) listener(change);
  };
  client.setNotificationHandler('notifications/tools/list_changed', tellTools);
  client.setNotificationHandler('notifications/resources/list_changed', () => tellContext({ kind: 'resources' }));
  client.setNotificationHandler('notifications/prompts/list_changed', () => tellContext({ kind: 'prompts' }));
  client.setNotificationHandler('notifications/resources/updated', ({ params }) =>
    tellContext({ kind: 'resource', uri: params.uri }),
  );
  const modern = () => client.getProtocolEra() === 'modern';
  return {
    onTools: (listener) => {
      tools.push(listener);
      const first = tools.length === 1;
      if (first && modern() && client.getServerCapabilities()?.tools?.listChanged)
        void keepListening(client, { toolsListChanged: true }, stopped.signal, tellTools);
    },
    onContext: (uris, listener) => {
      contexts.push(listener);
      const { resources, prompts } = client.getServerCapabilities() ?? {};
      const wanted = resources?.subscribe ? [...uris] : [];
      if (!modern()) {
        for (const uri of wanted)
          client
            .subscribeResource({ uri }, { timeout: subscribeTimeoutMs, signal: stopped.signal })
            // Without it the resource stays as it was read.
            .catch(() => {});
        return;
      }
      const filter: Filter = {
        ...(wanted.length > 0 ? { resourceSubscriptions: wanted } : {}),
        ...(resources?.listChanged ? { resourcesListChanged: true } : {}),
        ...(prompts?.listChanged ? { promptsListChanged: true } : {}),
      };
      if (Object.keys(filter).length > 0)
        void keepListening(client, filter, stopped.signal, () => {
          listener({ kind: 'resources' });
          listener({ kind: 'prompts' });
        });
    },
    stop: () => stopped.abort(),
  };
}

/** A subscription of the stateless era, opened again when it drops. What changed while nobody listened is found by looking. */
async function keepListening(client: Client, filter: Filter, signal: AbortSignal, look: () => void): Promise<void> {
  let dropped = false;
  for (let failures = 0; failures < 5 && !signal.aborted; ) {
    try {
      const subscription = await client.listen(filter, { signal });
      failures = 0;
      if (dropped) look();
      if ((await subscription.closed) === 'local') return;
      dropped = true;
    } catch {
      failures++;
    }
    await sleep(relistenMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
