// `npm run screenshots`: starts the product, makes a call on it, and takes the pictures: the README's into docs/screenshots,
// with `--all` every page at both sizes and in both themes into test-results/screens.
import { mkdirSync } from 'node:fs';
import { api, ended, luigi, place } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, signIn } from '#src/e2e/harness/browser.ts';
import { startInstance } from '#src/e2e/harness/instance.ts';
import { writeState } from '#src/e2e/harness/state.ts';
import { madeLinkSchema } from '#src/lib/links/link.ts';
import { findChromium } from './chromium.mjs';

process.env.PATCHBAY_CHROMIUM ??= findChromium();
const all = process.argv.includes('--all');
const instance = await startInstance();
try {
  writeState({
    url: instance.url,
    setupUrl: instance.setupUrl,
    home: instance.home,
    token: instance.token('screenshots'),
  });
  const assistant = await luigi();
  const { id } = await place({
    assistantId: assistant.id,
    say: [
      'how many margherita pizzas are left',
      'i would like to order two margherita pizzas',
      'm a r a',
      'yes please',
    ],
  });
  await ended(id);
  const serverId = assistant.draft.tools[0]?.serverId;
  const link = async (of) => new URL(madeLinkSchema.parse(await api('POST', `${of}/links`, {})).url).pathname;
  const pages = {
    call: `/calls/${id}`,
    assistant: `/assistants/${assistant.id}`,
    ...(all
      ? {
          home: '/',
          assistants: '/assistants',
          servers: `/servers/${serverId}`,
          'server-new': '/servers/new',
          calls: '/calls',
          settings: '/settings',
          share: await link(`/calls/${id}`),
          talk: await link(`/assistants/${assistant.id}`),
        }
      : {}),
  };
  const browser = await browserWithMicrophone();
  const signedIn = await browser.newContext();
  await signIn(signedIn, await signedIn.newPage());
  const storageState = await signedIn.storageState();
  const sizes = all
    ? { d: { width: 1440, height: 900 }, m: { width: 390, height: 844 } }
    : { d: { width: 1440, height: 900 } };
  const folder = all ? 'test-results/screens' : 'docs/screenshots';
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of all ? ['light', 'dark'] : ['light'])
    for (const [size, viewport] of Object.entries(sizes)) {
      const context = await browser.newContext({ storageState, colorScheme, viewport, reducedMotion: 'reduce' });
      const page = await context.newPage();
      for (const [name, address] of Object.entries(pages)) {
        await page.goto(`${instance.url}${address}`);
        await page.getByRole('heading').first().waitFor();
        await page.waitForLoadState('load');
        if (name === 'call')
          await page
            .getByRole('button', { name: /place_order/ })
            .last()
            .click();
        await page.screenshot({
          path: `${folder}/${all ? `${name}-${colorScheme}-${size}` : name}.png`,
          fullPage: all && size === 'm',
        });
      }
      await context.close();
    }
  await browser.close();
} finally {
  await instance.stop();
}
