import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Figure, spread } from '#src/bench/figure.ts';
import { api, ended, eventually, ofType } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, signIn } from '#src/e2e/harness/browser.ts';
import { state } from '#src/e2e/harness/state.ts';
import { startWeatherServer } from '#src/e2e/harness/weather-server.ts';

const servers = 10;
const calls = 12;

/** From the click on Test call to the first audible sample in the page, with ten MCP servers to connect to. */
export async function greeting(): Promise<Figure[]> {
  const running = await Promise.all(Array.from({ length: servers }, startWeatherServer));
  const browser = await browserWithMicrophone();
  const clicked: number[] = [];
  const dispatched: number[] = [];
  try {
    const tools: { serverId: string; tools: string[] }[] = [];
    const idOf = (answer: unknown) => z.object({ id: z.string() }).parse(answer).id;
    for (const [i, weather] of running.entries()) {
      const serverId = idOf(
        await api('POST', '/mcp-servers', {
          name: `Weather ${i}`,
          url: weather.url,
          auth: { type: 'api-key', key: weather.key },
          toolsFilter: ['get_weather'],
        }),
      );
      await api('POST', `/mcp-servers/${serverId}/handshake`);
      tools.push({ serverId, tools: ['get_weather'] });
    }
    const assistantId = idOf(
      await api('POST', '/assistants', { name: 'Ten servers', greeting: 'Hello, this is the bench.', tools }),
    );
    const context = await browser.newContext({ permissions: ['microphone'] });
    const page = await context.newPage();
    await page.addInitScript(listenForFirstSound);
    await signIn(context, page);
    for (let i = 0; i < calls; i++) {
      await page.goto(`${state().url}/assistants/${assistantId}`);
      const button = page.getByRole('button', { name: 'Test call' });
      await button.waitFor();
      await sleep(2_500); // the pool of warm call processes fills up again
      await button.click();
      await page.waitForURL(/\/calls\/call_/);
      const id = /calls\/(call_\w+)/.exec(page.url())?.[1] ?? '';
      const took = await page.evaluate(() => (window as unknown as { firstSound: Promise<number> }).firstSound);
      clicked.push(took);
      const log = await eventually(id, (events) => ofType(events, 'agent-speech-started').length > 0);
      const placed = Date.parse(ofType(log, 'agent-dispatched')[0]?.recordedAt ?? '');
      dispatched.push(Date.parse(ofType(log, 'agent-speech-started')[0]?.recordedAt ?? '') - placed);
      await page.getByRole('button', { name: 'Hang up' }).click();
      await ended(id);
    }
  } finally {
    await browser.close();
    for (const weather of running) weather.close();
  }
  // The first call of a browser loads what later ones have.
  return [
    {
      name: 'Click to audible greeting',
      value: spread(clicked.slice(1)),
      expected: 'median ≤ 800 ms',
      how: `warm, ${servers} MCP servers, first loud sample in the page`,
    },
    { name: 'Dispatch to greeting', value: spread(dispatched.slice(1)), how: 'the same calls, from the log' },
  ];
}

/** Runs in the page: resolves with the milliseconds from the newest click to the first loud sample of an agent's track. */
function listenForFirstSound() {
  let click = 0;
  addEventListener(
    'click',
    () => {
      click = performance.now();
    },
    true,
  );
  Object.assign(window, {
    firstSound: new Promise<number>((resolve) => {
      new MutationObserver((changes) => {
        for (const change of changes)
          for (const node of change.addedNodes) {
            if (!(node instanceof HTMLAudioElement) || !(node.srcObject instanceof MediaStream)) continue;
            const context = new AudioContext();
            const tap = context.createScriptProcessor(256, 1, 1);
            context.createMediaStreamSource(node.srcObject).connect(tap);
            tap.connect(context.destination);
            tap.onaudioprocess = (event) => {
              if (event.inputBuffer.getChannelData(0).some((sample) => Math.abs(sample) > 0.015))
                resolve(performance.now() - click);
            };
          }
      }).observe(document, { childList: true, subtree: true });
    }),
  });
}
