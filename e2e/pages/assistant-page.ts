import { expect, type Locator, type Page } from '@playwright/test';

/** The page of one assistant. */
export function assistantPage(page: Page) {
  return {
    /** Opens an assistant of the list by its name. */
    async open(name: string): Promise<void> {
      await page.getByRole('link', { name: 'Assistants' }).first().click();
      await page.waitForURL(/\/assistants$/);
      await page.getByRole('link', { name, exact: true }).click();
      await page.waitForURL(/\/assistants\/asst_/);
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    },
    async create(name: string): Promise<void> {
      await page.getByRole('link', { name: 'Assistants' }).first().click();
      await page.waitForURL(/\/assistants$/);
      await page.getByRole('button', { name: 'New assistant' }).first().click();
      await page.getByLabel('Name').fill(name);
      await page.getByRole('button', { name: 'Create assistant' }).click();
      await page.waitForURL(/\/assistants\/asst_/);
    },
    instructions: (): Locator => page.getByRole('textbox', { name: 'Instructions' }),
    greeting: (): Locator => page.getByLabel('Greeting', { exact: true }),
    tool: (name: string): Locator => page.getByRole('switch', { name, exact: true }),
    saved: (): Promise<void> => expect(page.getByText(/^Saved /)).toBeVisible(),
    async publish(version: number): Promise<void> {
      await page.getByRole('button', { name: `Publish v${version}` }).click();
      await expect(page.getByText(`Callers get v${version} from now on.`, { exact: true })).toBeVisible();
    },
    /** What the draft changes, as the right column names it. */
    changes: (): Locator =>
      page.getByRole('complementary', { name: 'Next steps' }).getByRole('button', { name: /^Undo: / }),
    /** Presses Test call, and answers with the id of the call. */
    async call(): Promise<string> {
      await page.getByRole('button', { name: 'Test call' }).click();
      await page.waitForURL(/\/calls\/call_/);
      return /call_\w+/.exec(page.url())?.[0] ?? '';
    },
  };
}
