import type { Locator, Page } from '@playwright/test';

/** The page of one call, live or afterwards. */
export function callPage(page: Page) {
  const transcript = page.getByRole('region', { name: 'Transcript' });
  const evidence = page.getByRole('region', { name: 'Evidence' });
  return {
    transcript,
    evidence,
    timeline: page.getByRole('region', { name: 'Timeline' }),
    /** The row of a tool call between the turns. */
    tool: (name: string): Locator => transcript.getByRole('button', { name: new RegExp(name) }).first(),
    async say(text: string): Promise<void> {
      await page.getByLabel('Type instead of speaking').fill(text);
      await page.keyboard.press('Enter');
      await page.getByLabel('Type instead of speaking').blur();
    },
    hangUp: (): Promise<void> => page.getByRole('button', { name: 'Hang up' }).click(),
  };
}
