import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { state } from '#src/e2e/harness/state.ts';

export const owner = { name: 'Ines Costa', email: 'ines@example.com', password: 'correct horse battery' };

/** A browser of its own whose microphone is a WAV file, or silence. */
export async function browserWithMicrophone(wav?: string): Promise<Browser> {
  return chromium.launch({
    ...(process.env.PATCHBAY_CHROMIUM ? { executablePath: process.env.PATCHBAY_CHROMIUM } : {}),
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      ...(wav ? [`--use-file-for-fake-audio-capture=${wav}%noloop`] : []),
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      '--disable-features=WebRtcHideLocalIpsWithMdns',
      '--disable-background-networking',
    ],
  });
}

/** A file needs no noise taken out of it: what is in it reaches the room as it is. Call before the page is opened. */
export async function keepMicrophoneAsItIs(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (wanted) => {
      const audio = typeof wanted?.audio === 'object' ? wanted.audio : {};
      return original({
        ...wanted,
        audio: { ...audio, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      });
    };
  });
}

/** Collects what must not be in a console; `expected` are messages that a test causes on purpose. */
export function watchConsole(page: Page, expected: RegExp[] = []): { errors: string[] } {
  const found: { errors: string[] } = { errors: [] };
  const note = (text: string) => {
    if (!expected.some((pattern) => pattern.test(text))) found.errors.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') note(message.text());
  });
  page.on('pageerror', (error) => note(`${error.name}: ${error.message}`));
  return found;
}

/** The page of a new member leads on by itself: until it did, another way would be cut off by it. */
export const landed = (page: Page) =>
  page.waitForURL(({ pathname }) => /^\/assistants(?:\/asst_[^/]+)?$/.test(pathname));

/** Makes the owner's account by the set-up link the first time, and signs in afterwards. Ends on the demo assistant. */
export async function signIn(context: BrowserContext, page: Page): Promise<void> {
  const { url, setupUrl } = state();
  if (setupUrl) {
    await page.goto(setupUrl);
    const first = page.getByRole('heading', { name: /owner's account/ });
    const done = page.getByRole('link', { name: 'Sign in' });
    await first.or(done).waitFor();
    if (await first.isVisible()) {
      await page.getByLabel('Name').fill(owner.name);
      await page.getByLabel('E-mail').fill(owner.email);
      await page.getByLabel('Password', { exact: true }).fill(owner.password);
      await page.getByRole('button', { name: 'Create account' }).click();
      await landed(page);
      return;
    }
  }
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((at) => at.pathname === '/');
  await page.goto(`${url}/assistants/start`);
  await landed(page);
  await context.storageState();
}
