import { z } from 'zod';
import { api } from '#src/e2e/harness/api.ts';
import type { WeatherServer } from '#src/e2e/harness/weather-server.ts';

/** An assistant that can only ask for the weather, over the REST interface alone. */
export async function weatherAssistant(
  weather: WeatherServer,
  policy: { timeoutMs?: number; effect?: 'read' | 'write' } = {},
): Promise<string> {
  const idOf = (answer: unknown) => z.object({ id: z.string() }).parse(answer).id;
  const serverId = idOf(
    await api('POST', '/mcp-servers', {
      name: 'Weather',
      url: weather.url,
      auth: { type: 'api-key', key: weather.key },
      toolsFilter: ['get_weather'],
    }),
  );
  z.object({ ok: z.literal(true) }).parse(await api('POST', `/mcp-servers/${serverId}/handshake`));
  await api('PUT', `/mcp-servers/${serverId}/tools/get_weather/policy`, {
    effect: 'read',
    confirmation: 'never',
    ...policy,
  });
  return idOf(
    await api('POST', '/assistants', {
      name: 'Weather line',
      greeting: 'Weather line, hello.',
      rehearsalPhrases: [
        'what is the weather in palermo',
        'what is the weather in milan',
        'what is the weather in florence',
      ],
      tools: [{ serverId, tools: ['get_weather'] }],
    }),
  );
}
