import { chromium } from '@playwright/test';
import lighthouse, { desktopConfig } from 'lighthouse';
import type { Figure } from '#src/bench/figure.ts';
import { ended, luigi, place, servers } from '#src/e2e/harness/api.ts';
import { signIn } from '#src/e2e/harness/browser.ts';
import { state } from '#src/e2e/harness/state.ts';
import { freePort } from '#src/server/agent/testing/free-port.ts';

const groups = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/** Lighthouse's four groups on the pages that a member uses daily, signed in. */
export async function lighthouseGroups(): Promise<Figure[]> {
  const { id: assistant } = await luigi();
  const { id: call } = await place({ assistantId: assistant, say: ['how many margherita pizzas are left'] });
  await ended(call);
  const [server] = await servers();
  const port = await freePort();
  const browser = await chromium.launch({
    ...(process.env.PATCHBAY_CHROMIUM ? { executablePath: process.env.PATCHBAY_CHROMIUM } : {}),
    args: ['--no-sandbox', '--disable-background-networking', `--remote-debugging-port=${port}`],
  });
  try {
    const context = await browser.newContext();
    await signIn(context, await context.newPage());
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const figures: Figure[] = [];
    for (const [name, path] of [
      ['home', '/'],
      ['assistant', `/assistants/${assistant}`],
      ['servers', '/servers'],
      ['a server', `/servers/${server?.id}`],
      ['calls', '/calls'],
      ['a call', `/calls/${call}`],
      ['settings', '/settings'],
    ] as const) {
      const extraHeaders = { Cookie: cookie };
      const options = { port, logLevel: 'error' as const, extraHeaders, onlyCategories: [...groups] };
      const lhr = (await lighthouse(state().url + path, options, desktopConfig))?.lhr;
      const scores = groups.map((group) => `${group} ${Math.round((lhr?.categories[group]?.score ?? 0) * 100)}`);
      for (const { id, score } of Object.values(lhr?.audits ?? {}))
        if (process.env.PATCHBAY_LIGHTHOUSE_WHY && score !== null && score < 0.9)
          console.log(`${name}: ${id} ${score}`);
      figures.push({
        name: `Lighthouse, ${name}`,
        value: scores.join(', '),
        expected: '≥ 95 each',
        how: `Lighthouse ${lhr?.lighthouseVersion}, desktop preset, signed in`,
      });
    }
    return figures;
  } finally {
    await browser.close();
  }
}
