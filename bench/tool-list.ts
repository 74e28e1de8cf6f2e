import { z } from 'zod';
import type { Figure } from '#src/bench/figure.ts';
import { api } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, signIn } from '#src/e2e/harness/browser.ts';
import { state } from '#src/e2e/harness/state.ts';
import { judgeTool } from '#src/lib/mcp/readiness/judge-tool.ts';
import { startListingServer } from '#src/server/mcp/testing/listing-server.ts';

const count = 1_000;

/** A server with a thousand tools: the longest frame of its page while it opens, is scrolled and is searched, and the time to score all. */
export async function toolList(): Promise<Figure[]> {
  const tools = Array.from({ length: count }, (_, i) => ({
    name: `tool_${String(i).padStart(4, '0')}`,
    description: `Tells the price of article ${i} in the shop.`,
    inputSchema: {
      type: 'object',
      properties: { size: { type: 'string', description: 'Size of the article' }, count: { type: 'integer' } },
      required: ['size'],
    },
  }));
  const scoredFrom = performance.now();
  for (const tool of tools) judgeTool(tool);
  const scoredMs = performance.now() - scoredFrom;
  const server = await startListingServer(tools);
  const browser = await browserWithMicrophone();
  try {
    const made = await api('POST', '/mcp-servers', { name: 'Many tools', url: server.url });
    const { id } = z.object({ id: z.string() }).parse(made);
    await api('POST', `/mcp-servers/${id}/handshake`);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await signIn(context, page);
    await page.addInitScript(watchFrames);
    const figures: Figure[] = [];
    const longest = async (name: string) => {
      const ms = await page.evaluate(() => (window as unknown as { longestFrame: () => number }).longestFrame());
      figures.push({
        name: `${count.toLocaleString('en')} tools, ${name}`,
        value: `longest frame ${ms.toFixed(0)} ms`,
        expected: '≤ 50 ms',
        how: 'long animation frames and time between frames, in Chromium',
      });
    };
    const url = `${state().url}/servers/${id}`;
    await page.goto(url);
    await page.getByText('tool_0000').first().waitFor();
    await page.goto(url);
    await page.getByText('tool_0000').first().waitFor();
    await page.waitForTimeout(1_500);
    await longest('opened');
    const pane = page.getByRole('region', { name: 'Tools' });
    await pane.hover();
    for (let i = 0; i < 40; i++) {
      await page.mouse.wheel(0, 1_200);
      await page.waitForTimeout(40);
    }
    // A list that does not follow has no long frames either.
    await page
      .getByRole('row', { name: /tool_09/ })
      .first()
      .waitFor();
    await longest('scrolled');
    await page.getByLabel('Filter tools').pressSequentially('article 77', { delay: 60 });
    await page.getByRole('row', { name: /tool_0777/ }).waitFor();
    await longest('searched');
    await api('DELETE', `/mcp-servers/${id}`);
    return [
      ...figures,
      {
        name: `${count.toLocaleString('en')} tools scored`,
        value: `${scoredMs.toFixed(0)} ms`,
        how: 'all rules, in one go',
      },
    ];
  } finally {
    await browser.close();
    server.close();
  }
}

/** Runs in the page: the longest frame since it was asked last. A page that is not drawn yet has no frames to be late. */
function watchFrames() {
  let longest = 0;
  let last = 0;
  const frame = (now: number) => {
    if (last > 0) longest = Math.max(longest, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
  }).observe({ type: 'long-animation-frame', buffered: true });
  Object.assign(window, {
    longestFrame: () => {
      const was = longest;
      longest = 0;
      return was;
    },
  });
}
